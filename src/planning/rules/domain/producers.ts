import type { CatalogueIndex } from './catalogue-index.js';
import { isSame, type Thing, withKin } from './entities.js';
import { actionsOf, termsOf } from './terms.js';

/** Next to a score of words, in units: any search, any list. Decides where no word does. */
const SOME_SEARCH = 0.2;
const SOME_LIST = 0.1;

/** Capitals that name nobody. */
const PLAIN_CAPITALS = new Set(["I'm", "I'd", "I'll", "I've", 'The', 'And', 'Please']);

/** A clause and what comes before it, when look-ups are sought for it. */
interface Sought {
  readonly query: ReadonlyMap<string, number>;
  readonly earlier: readonly number[];
  /** It names somebody or something. */
  readonly isNamed: boolean;
  /** What the name is said to be. */
  readonly named: Thing;
  /** It says an id: "order 4711". */
  readonly hasId: boolean;
}

const isName = (word: string, index: CatalogueIndex): boolean =>
  word.includes('§') ||
  (/^\p{Lu}[\p{L}'-]{2,}/u.test(word) && !PLAIN_CAPITALS.has(word) && !index.knows(word));

/** Place of the first name among the words of a clause: a literal, a capital that no task type speaks of; -1: none. */
const nameAt = (words: readonly string[], index: CatalogueIndex): number =>
  words.findIndex((word, at) => (at > 0 || word.includes('§')) && isName(word, index));

/** Whether a clause names somebody or something. */
export const namesSomething = (clause: string, index: CatalogueIndex): boolean =>
  nameAt(clause.split(/\s+/), index) >= 0;

/** What a name is said to be, as stems and classes: "the film Alien". Empty: nothing is said. */
function kindOfName(clause: string, index: CatalogueIndex): Thing {
  const words = clause.split(/\s+/);
  let at = nameAt(words, index) - 1;
  while (at > 0 && /^(?:\p{Lu}|the$)/u.test(words[at] ?? '')) at -= 1;
  return new Set(termsOf(words[at] ?? '').flatMap(withKin));
}

/** "4711", "SF1008". */
const saysId = (clause: string): boolean =>
  clause.split(/\s+/).some((word) => !word.includes('§') && /\d{2}/.test(word));

/**
 * What has to run before a task type, first things first, so that the ids it needs are known. A search where the clause
 * names something, else what fits the rest of its words; nothing where an earlier step finds the thing or the clause says
 * the id.
 */
export function producersOf(
  type: number,
  clause: string,
  earlier: readonly number[],
  index: CatalogueIndex,
): readonly number[] {
  const sought = {
    ...{ query: index.query(clause, null), earlier },
    ...{ isNamed: namesSomething(clause, index), named: kindOfName(clause, index), hasId: saysId(clause) },
  };
  return find(type, sought, index.weights.lookUpDepth, index);
}

function find(type: number, sought: Sought, depth: number, index: CatalogueIndex): readonly number[] {
  const { entities } = index;
  const query = index.unexplained(sought.query, type);
  const before: number[] = [];
  for (const { thing, isParameter } of depth === 0 ? [] : entities.needsOf(type)) {
    if (thing === null || (isParameter && sought.hasId)) continue;
    const earlier = [...sought.earlier, ...before];
    if (earlier.some((one) => entities.finds(one, thing) || entities.leadsTo(one, thing))) continue;
    const best = bestProducer(thing, type, { ...sought, query, earlier }, depth, index);
    if (best !== null) before.push(...find(best, { ...sought, query, earlier }, depth - 1, index), best);
  }
  return before;
}

function bestProducer(
  thing: Thing,
  type: number,
  { query, isNamed, named }: Sought,
  depth: number,
  index: CatalogueIndex,
): number | null {
  const { types, entities, weights } = index;
  const scores = index.bm25.score(query);
  // The name is of another thing, which leads to this one.
  const isOther = !isSame(named, thing) && types.some((_, at) => entities.finds(at, named));
  const search = isOther ? 0 : isNamed ? weights.searchNamed : SOME_SEARCH;
  const worth = (at: number): number => {
    const words = (scores[at] as number) / index.unit;
    if (entities.finds(at, thing)) return words + (entities.isSearch(at) ? search : SOME_LIST);
    if (entities.findsAnything(at)) return words;
    return depth > 1 && entities.leadsTo(at, thing) ? words * (isOther ? 1 : weights.leadsTo) : 0;
  };
  return bestOf(index, (at) => (at === type ? 0 : worth(at)));
}

/** The type that is worth most, the first by name among equals; null: none is worth anything. */
export function bestOf({ types }: CatalogueIndex, worth: (type: number) => number): number | null {
  let best: { readonly type: number; readonly worth: number } | null = null;
  for (let type = 0; type < types.length; type += 1) {
    const own = worth(type);
    if (own > 0 && (best === null || own > best.worth + 1e-9)) best = { type, worth: own };
  }
  return best?.type ?? null;
}

/** Who books something looks at what there is: the look-up for what a type books; null: none, or an earlier step was one. */
export function lookUpBefore(type: number, earlier: readonly number[], index: CatalogueIndex): number | null {
  const { types, entities } = index;
  const name = types[type]?.terms.name ?? [];
  const isBooking = (term: string) => actionsOf(term).includes('#book');
  const action = name.find((term) => actionsOf(term).length > 0);
  if (action === undefined || !isBooking(action)) return null;
  for (const term of name.filter((one) => !isBooking(one))) {
    const thing = new Set([term]);
    if (earlier.some((one) => entities.finds(one, thing))) return null;
    const found = bestOf(index, (at) =>
      at !== type && entities.finds(at, thing) ? 1 / (types[at]?.terms.name.length ?? 1) : 0,
    );
    if (found !== null) return found;
  }
  return null;
}
