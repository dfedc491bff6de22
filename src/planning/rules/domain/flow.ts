import type { ClauseAction } from './actions.js';
import type { IndexedType } from './indexed-type.js';
import type { Literal } from './literals.js';
import { objectsOf, stemOf, wordsOf } from './terms.js';

/** Kinds of data a clause works on and wants made, as far as it says. */
export interface Flow {
  readonly takes: ReadonlySet<string>;
  readonly gives: ReadonlySet<string>;
}

/** Their object is what comes out. */
const MAKES = new Set(['#create', '#extract', '#search', '#download', '#query']);
const INTO = new Set(['into', 'to', 'as']);
const FROM = new Set(
  'from of in on using based with for within representing containing showing described'.split(' '),
);

/** Words that name the kinds of a catalogue, by stem. */
export function kindWords(types: readonly IndexedType[]): ReadonlyMap<string, string> {
  const words = new Map<string, string>();
  for (const kind of new Set(types.flatMap(({ takes, gives }) => [...takes, ...gives])))
    for (const term of [stemOf(kind), ...objectsOf(stemOf(kind))]) words.set(term, kind);
  return words;
}

/** "Extract the text from the photo": makes text of an image. Nothing where a catalogue has no kinds. */
export function flowOf(
  clause: string,
  action: ClauseAction,
  literals: readonly Literal[],
  kinds: ReadonlyMap<string, string>,
): Flow {
  const [takes, gives] = [new Set<string>(), new Set<string>()];
  if (kinds.size === 0) return { takes, gives };
  let into = [...action.classes].some((one) => MAKES.has(one)) ? gives : takes;
  for (const word of wordsOf(clause)) {
    if (word === action.verb) continue;
    if (INTO.has(word)) into = gives;
    else if (FROM.has(word)) into = takes;
    const literal = /^§(\d+)$/.exec(word)?.[1];
    const stem = stemOf(word);
    const medium = literal === undefined ? null : (literals[Number(literal)]?.medium ?? null);
    const kind =
      medium ?? [stem, ...objectsOf(stem)].map((term) => kinds.get(term)).find((one) => one !== undefined);
    if (medium !== null) takes.add(medium);
    else if (kind !== undefined && kind !== null) into.add(kind);
  }
  return { takes, gives };
}
