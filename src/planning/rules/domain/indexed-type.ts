import { type CatalogueEntry, takesClause } from '../../domain/catalogue-entry.js';
import { type IdNeed, idNeedsOf, yieldedThings } from './identifiers.js';
import { kindsOf, propertiesOf, textOf } from './json-schema.js';
import { actionsOf, termsOf, wordsOf } from './terms.js';
import { isVerbForm } from './verbs.js';

/** What the planner knows of a task type. */
export interface IndexedType {
  readonly name: string;
  /** Stems by where they stand. */
  readonly terms: Readonly<Record<'name' | 'description' | 'parameters' | 'synonyms', readonly string[]>>;
  /** Action classes of its name, else of the verb of its description. */
  readonly actions: ReadonlySet<string>;
  /** Of each word of its name that says a definite action: its classes. */
  readonly namedActions: readonly (readonly string[])[];
  /** Kinds of data it takes and gives (`x-kind`); empty: its schemas don't say. */
  readonly takes: readonly string[];
  readonly gives: readonly string[];
  readonly ids: readonly IdNeed[];
  /** Stems of things whose id is in its result. */
  readonly yields: readonly string[];
  /** See `PlanningHints`. */
  readonly verbRequired: boolean;
  /** A person is given the whole clause. */
  readonly isPerson: boolean;
}

/** Actions nobody means who does not say them. */
const DEFINITE = new Set(
  '#delete #cancel #change #refund #withdraw #track #rate #compare #list #search #query'.split(' '),
);

function actionsOfType({ name, description }: CatalogueEntry): ReadonlySet<string> {
  const named = termsOf(name).flatMap(actionsOf);
  if (named.length > 0) return new Set(named);
  const verb = wordsOf(description).slice(0, 8).find(isVerbForm);
  return new Set(verb === undefined ? [] : termsOf(verb).flatMap(actionsOf));
}

export function indexedType(entry: CatalogueEntry): IndexedType {
  const { name, description, parameters, result, synonyms, examples } = entry;
  const described = propertiesOf(parameters).map(([key, one]) => `${key} . ${textOf(one['description'])}`);
  const takes = kindsOf(parameters);
  return {
    name,
    terms: {
      name: termsOf(name),
      description: termsOf(description),
      parameters: termsOf([...described, ...examples.map(({ title }) => title)].join(' . ')),
      synonyms: termsOf(synonyms.join(' . ')),
    },
    actions: actionsOfType(entry),
    namedActions: termsOf(name)
      .map(actionsOf)
      .filter((classes) => classes.some((one) => DEFINITE.has(one))),
    takes,
    gives: kindsOf(result),
    ids: takes.length > 0 ? [] : idNeedsOf(entry),
    yields: yieldedThings(entry),
    verbRequired: entry.hints.verbRequired === true,
    isPerson: takesClause(entry),
  };
}
