import type { CatalogueEntry } from '../../domain/catalogue-entry.js';
import { Bm25 } from './bm25.js';
import { Entities } from './entities.js';
import { kindWords } from './flow.js';
import { indexedType, type IndexedType } from './indexed-type.js';
import type { Literal } from './literals.js';
import { actionsOf, classesOf, objectsOf, stemOf, termsOf, wordsOf } from './terms.js';
import { WEIGHTS, type Weights } from './weights.js';

/** More words for the documents of task types: weights of stems by task type, as approved plans taught them. */
export type DocumentExtensions = ReadonlyMap<string, ReadonlyMap<string, number>>;

interface IndexOptions {
  readonly extensions?: DocumentExtensions;
  readonly weights?: Weights;
}

/** Kinds of literals that task types are called after. */
const NAMED_KINDS: ReadonlySet<string> = new Set(['url', 'email', 'file']);

const withClasses = (terms: readonly string[]): string[] =>
  terms.flatMap((term) => [term, ...classesOf(term)]);

/** A catalogue made ready to be searched; built once, used for every request. */
export class CatalogueIndex {
  /** By name. */
  readonly types: readonly IndexedType[];
  readonly bm25: Bm25;
  readonly entities: Entities;
  /** Stems and classes that name kinds of data; empty: the schemas mark none. */
  readonly kinds: ReadonlyMap<string, string>;
  /** idf of a term that one task type alone has: the measure for scores of this catalogue. */
  readonly unit: number;
  readonly weights: Weights;
  private readonly names: ReadonlySet<string>;

  constructor(entries: readonly CatalogueEntry[], { extensions, weights = WEIGHTS }: IndexOptions = {}) {
    this.weights = weights;
    this.types = [...entries].sort((a, b) => (a.name < b.name ? -1 : 1)).map(indexedType);
    this.names = new Set(this.types.map(({ name }) => name));
    this.kinds = kindWords(this.types);
    this.entities = new Entities(this.types);
    this.bm25 = new Bm25(
      this.types.map(({ terms: { name, description, parameters, synonyms } }) => [
        { terms: withClasses(name), weight: 1 },
        { terms: withClasses(description), weight: 1 },
        { terms: withClasses(parameters), weight: weights.parameterField },
        { terms: withClasses(synonyms), weight: 1 },
      ]),
      this.types.map(({ name }) => extensions?.get(name)),
    );
    this.unit = this.bm25.highestIdf;
  }

  /**
   * Weights of the words of a text, the first ones count more, each with its classes. `verb`: the one the text is about;
   * null: none.
   */
  query(text: string, verb: string | null): ReadonlyMap<string, number> {
    const { weights } = this;
    const main = verb === null ? null : stemOf(verb);
    const query = new Map<string, number>();
    const add = (term: string, weight: number) => query.set(term, Math.max(query.get(term) ?? 0, weight));
    for (const [at, term] of termsOf(text).entries()) {
      const weight = at < weights.leadingTerms ? 1 : weights.laterTerm;
      const isVerb = term === main;
      add(term, weight * (isVerb ? weights.verbTerm : 1));
      for (const one of actionsOf(term))
        add(one, weight * (isVerb ? weights.verbClass : weights.otherVerbClass));
      if (!isVerb) for (const one of objectsOf(term)) add(one, weight * weights.objectClass);
    }
    return query;
  }

  /** What literals are, as words: an address is an "url" and an "email", a file what its ending says. */
  termsOfLiterals(literals: readonly Literal[]): ReadonlyMap<string, number> {
    const { literalKind, objectClass } = this.weights;
    const terms = literals.flatMap(({ kind, medium }) => [
      ...(medium === null ? [] : [medium]),
      ...(NAMED_KINDS.has(kind) ? [kind] : []),
    ]);
    return new Map(
      terms
        .map(stemOf)
        .flatMap((term) => [
          [term, literalKind] as const,
          ...objectsOf(term).map((one) => [one, literalKind * objectClass] as const),
        ]),
    );
  }

  /** A query without its verb: what the text speaks of. */
  things(text: string, verb: string | null): ReadonlyMap<string, number> {
    const main = verb === null ? '' : stemOf(verb);
    const classes = new Set(actionsOf(main));
    return new Map([...this.query(text, verb)].filter(([term]) => term !== main && !classes.has(term)));
  }

  /** Whether a task type is called after a verb: its name or a synonym says it, or its name says the same action. */
  says(type: number, verb: string): boolean {
    const { name = [], synonyms = [] } = this.types[type]?.terms ?? {};
    const stem = stemOf(verb);
    const classes = new Set(name.flatMap(actionsOf));
    return name.includes(stem) || synonyms.includes(stem) || actionsOf(stem).some((one) => classes.has(one));
  }

  /** A text in which task types that stand there by their id are words: "timer.wait" is no file. */
  withNames(text: string): string {
    return text.replace(/[\w-]{1,100}(?:\.[\w-]{1,100}){1,9}/g, (word) =>
      this.names.has(word) ? wordsOf(word).join(' ') : word,
    );
  }

  /** Words of a query that a task type has nothing of. */
  unexplained(query: ReadonlyMap<string, number>, type: number): ReadonlyMap<string, number> {
    return new Map([...query].filter(([term]) => !this.bm25.has(type, term)));
  }

  /** Whether any task type speaks of it. */
  knows(word: string): boolean {
    return termsOf(word).some((term) => this.bm25.idf(term) > 0);
  }
}
