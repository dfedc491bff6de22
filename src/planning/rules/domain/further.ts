import type { CatalogueIndex } from './catalogue-index.js';
import { bestOf } from './producers.js';
import { classesOf, termsOf } from './terms.js';

/**
 * What a clause asks of the thing that its look-up finds: "the cast of a show on the air" looks shows up and needs another
 * task type for the cast. null: nothing more.
 */
export function consumerOf(type: number, clause: string, index: CatalogueIndex): number | null {
  const { entities, weights, unit } = index;
  const scores = index.bm25.score(index.unexplained(index.query(clause, null), type));
  return bestOf(index, (at) => {
    const score = (scores[at] as number) / unit;
    if (at === type || score < weights.asksMore) return 0;
    return entities.needsOf(at).some(({ thing }) => thing !== null && entities.finds(type, thing))
      ? score
      : 0;
  });
}

/** Words by which one clause may ask for two things. */
const ENUMERATES = /,| and | with | including | plus | as well as /;

/** A second task type for the words of a clause that the first has nothing of, where these are many; null: none. */
export function secondOf(
  type: number,
  clause: string,
  chosen: readonly (number | null)[],
  index: CatalogueIndex,
): number | null {
  const { bm25, unit, weights } = index;
  if (!ENUMERATES.test(clause)) return null;
  const query = index.query(clause, null);
  const least = Math.max(weights.second * unit, weights.secondRelative * (bm25.score(query)[type] as number));
  const scores = bm25.score(index.unexplained(query, type));
  return bestOf(index, (at) => {
    const score = scores[at] as number;
    return at === type || chosen.includes(at) || score < least ? 0 : score;
  });
}

/** Whether the words that speak for one task type stand, on average, before those that speak for another. */
export function standsBefore(type: number, other: number, clause: string, index: CatalogueIndex): boolean {
  return placeOf(type, other, clause, index) < placeOf(other, type, clause, index);
}

function placeOf(type: number, other: number, clause: string, { bm25 }: CatalogueIndex): number {
  let [sum, weight] = [0, 0];
  for (const [at, word] of termsOf(clause).entries())
    for (const term of [word, ...classesOf(word)])
      if (!bm25.has(other, term)) {
        const share = bm25.share(type, term);
        sum += share * at;
        weight += share;
      }
  return weight === 0 ? 0 : sum / weight;
}
