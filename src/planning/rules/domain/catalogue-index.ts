import type { CatalogueEntry } from '../../domain/catalogue-entry.js';
import { stemmer } from 'stemmer';
import { Bm25 } from './bm25.js';
import { kindWords } from './flow.js';
import { Entities } from './entities.js';
import { indexedType, type IndexedType } from './indexed-type.js';
import { actionsOf, classesOf, objectsOf, termsOf } from './terms.js';
import { WEIGHTS, type Weights } from './weights.js';

const withClasses = (terms: readonly string[]): string[] => terms.flatMap((term) => [term, ...classesOf(term)]);

/** A catalogue made ready to be searched; built once, used for every request. */
export class CatalogueIndex {
  /** By name. */
  readonly types: readonly IndexedType[];
  readonly bm25: Bm25;
  readonly entities: Entities;
  /** Words that name kinds of data, by stem; empty: its schemas mark none. */
  readonly kinds: ReadonlyMap<string, string>;
  /** idf of a term that only one task type has: the measure for scores of this catalogue. */
  readonly unit: number;

  constructor(
    entries: readonly CatalogueEntry[],
    readonly weights: Weights = WEIGHTS,
  ) {
    this.types = [...entries].sort((a, b) => (a.name < b.name ? -1 : 1)).map(indexedType);
    this.kinds = kindWords(this.types);
    this.entities = new Entities(this.types);
    this.unit = Math.log(1 + (this.types.length - 0.5) / 1.5);
    this.bm25 = new Bm25(
      this.types.map(({ terms: { name, description, parameters, synonyms } }) => [
        { terms: withClasses(name), weight: 1 },
        { terms: withClasses(description), weight: 1 },
        { terms: withClasses(parameters), weight: weights.parameterField },
        { terms: withClasses(synonyms), weight: 1 },
      ]),
    );
  }

  /** `verb`: the main one. Weights of the words of a text: the first ones count more, each with its classes. */
  query(text: string, verb: string | null): ReadonlyMap<string, number> {
    const { weights } = this;
    const main = verb === null ? '' : stemmer(verb);
    const query = new Map<string, number>();
    const add = (term: string, weight: number) => query.set(term, Math.max(query.get(term) ?? 0, weight));
    for (const [at, term] of termsOf(text).entries()) {
      const weight = at < weights.leadingTerms ? 1 : weights.laterTerm;
      const isVerb = term === main;
      add(term, weight * (isVerb ? weights.verbTerm : 1));
      for (const name of actionsOf(term)) add(name, weight * (isVerb ? weights.verbClass : weights.otherVerbClass));
      if (!isVerb) for (const name of objectsOf(term)) add(name, weight * weights.objectClass);
    }
    return query;
  }

  /** Whether the catalogue speaks of such a thing. */
  knows(word: string): boolean {
    return termsOf(word).some((term) => this.bm25.idf(term) > 0);
  }
}
