import type { CatalogueIndex } from './catalogue-index.js';

/** How deep a look-up may need another one. */
const MAX_DEPTH = 2;

const COMMON_CAPITALS = /^(?:I|I'm|I'd|I'll|I've|The|A|An)$/;

/** Whether words name somebody or something: a quotation, a capital inside the sentence that the catalogue does not know. */
export function hasProperName(clause: string, index: CatalogueIndex): boolean {
  if (/§\d/.test(clause)) return true;
  return clause
    .split(/\s+/)
    .slice(1)
    .some((word) => /^[\p{Lu}][\p{L}'-]{2,}/u.test(word) && !COMMON_CAPITALS.test(word) && !index.knows(word));
}

/** Terms of a query that a task type has nothing of. */
function without(query: ReadonlyMap<string, number>, type: number, index: CatalogueIndex): ReadonlyMap<string, number> {
  const used = index.bm25.shares(query, type);
  return new Map([...query].filter(([term]) => !used.has(term)));
}

/**
 * What has to run before a task type so that the ids it needs are known: first the one that needs nothing. Where the clause
 * names something it is searched for, else what fits the rest of the words best.
 */
export function producersOf(type: number, clause: string, earlier: readonly number[], index: CatalogueIndex): readonly number[] {
  const named = hasProperName(clause, index);
  return find(type, index.query(clause, null), earlier, named, index, MAX_DEPTH);
}

function find(type: number, query: ReadonlyMap<string, number>, earlier: readonly number[], named: boolean, index: CatalogueIndex, depth: number): readonly number[] {
  const { types, entities, weights } = index;
  if (depth === 0) return [];
  const rest = without(query, type, index);
  const before: number[] = [];
  for (const ids of types[type]?.ids ?? []) {
    const thing = entities.needOf(ids, type);
    if (thing === null || [...earlier, ...before].some((one) => entities.finds(one, thing) || entities.leadsTo(one, thing))) continue;
    const scores = index.bm25.score(rest);
    let best: { at: number; score: number } | null = null;
    for (let at = 0; at < types.length; at += 1) {
      if (at === type) continue;
      const finds = entities.finds(at, thing);
      const any = entities.findsAnything(at);
      if (!finds && !any && !(depth > 1 && entities.leadsTo(at, thing))) continue;
      const bonus = finds ? (entities.isSearch[at] === true ? (named ? weights.searchNamed : 0.2) : 0.1) : 0;
      const score = (scores[at] as number) / index.unit * (finds || any ? 1 : weights.leadsTo) + bonus;
      if (score > 0 && (best === null || score > best.score + 1e-9)) best = { at, score };
    }
    if (best === null) continue;
    before.push(...find(best.at, rest, [...earlier, ...before], named, index, depth - 1), best.at);
  }
  return before;
}

/**
 * What a clause asks of the thing that a look-up finds: "the cast of a show on the air" looks shows up and needs another for
 * the cast. null: nothing more.
 */
export function consumerOf(type: number, clause: string, index: CatalogueIndex): number | null {
  const { types, entities, weights } = index;
  const scores = index.bm25.score(without(index.query(clause, null), type, index));
  let best: { at: number; score: number } | null = null;
  for (const [at, { ids }] of types.entries()) {
    const needs = ids.map((terms) => entities.needOf(terms, at));
    if (at === type || !needs.some((thing) => thing !== null && entities.finds(type, thing))) continue;
    const score = (scores[at] as number) / index.unit;
    if (score >= weights.asksMore && (best === null || score > best.score + 1e-9)) best = { at, score };
  }
  return best?.at ?? null;
}
