import type { CatalogueIndex } from './catalogue-index.js';
import { classesOf, termsOf, wordsOf } from './terms.js';

const MAX_WORDS = 3;

/** Words of a clause that speak for a task type, most telling first, at most three. */
export function becauseOf(type: number, clause: string, { bm25 }: CatalogueIndex): readonly string[] {
  const worth = (word: string): number =>
    Math.max(
      0,
      ...termsOf(word).flatMap((term) => [term, ...classesOf(term)].map((one) => bm25.share(type, one))),
    );
  return [...new Set(wordsOf(clause))]
    .map((word) => ({ word, worth: worth(word) }))
    .filter((one) => one.worth > 0)
    .sort((a, b) => b.worth - a.worth || (a.word < b.word ? -1 : 1))
    .slice(0, MAX_WORDS)
    .map(({ word }) => word);
}
