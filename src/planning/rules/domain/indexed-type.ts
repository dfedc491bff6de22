import { isJsonObject, type JsonObject, type JsonValue } from '../../../common/json.js';
import type { CatalogueEntry } from '../../domain/catalogue-entry.js';
import { actionsOf, termsOf, wordsOf } from './terms.js';
import { isVerbForm } from './verbs.js';

/** What the planner knows of a task type. */
export interface IndexedType {
  readonly name: string;
  readonly terms: {
    readonly name: readonly string[];
    readonly description: readonly string[];
    readonly parameters: readonly string[];
    readonly synonyms: readonly string[];
  };
  /** Action classes of its name, else of its description. */
  readonly actions: ReadonlySet<string>;
  /** Of each action its name says, the classes. */
  readonly namedActions: readonly (readonly string[])[];
  /** Kinds of data it takes and gives, as its schemas mark them with `x-kind`; empty: they don't say. */
  readonly takes: readonly string[];
  readonly gives: readonly string[];
  /** Things it finds by their id, which somebody has to know before: terms for each. */
  readonly ids: readonly (readonly string[])[];
}

const propertiesOf = (schema: JsonObject): readonly (readonly [string, JsonObject])[] => {
  const { properties } = schema;
  return Object.entries(isJsonObject(properties) ? properties : {}).map(
    ([name, value]) => [name, isJsonObject(value) ? value : {}] as const,
  );
};

const text = (value: JsonValue | undefined): string => (typeof value === 'string' ? value : '');

function kindsOf(schema: JsonObject): readonly string[] {
  const kinds = [schema, ...propertiesOf(schema).map(([, property]) => property)].map((one) => text(one['x-kind']));
  return kinds.filter((kind) => kind !== '').map((kind) => kind.toLowerCase());
}

function actionsOfType({ name, description }: CatalogueEntry): ReadonlySet<string> {
  const named = termsOf(name).flatMap(actionsOf);
  if (named.length > 0) return new Set(named);
  const verb = wordsOf(description).slice(0, 8).find(isVerbForm);
  return new Set(verb === undefined ? [] : termsOf(verb).flatMap(actionsOf));
}

const STRONG = new Set('#delete #cancel #change #refund #withdraw #track #rate #compare #list #search #query'.split(' '));

const isIdName = (name: string): boolean => /^(?:id|.*(?:[_-]id|[a-z]Id|ID))$/.test(name);
const withoutId = (name: string): string => name.replace(/(?:[_-]id|Id|ID|^id)$/, '');

/** "Reviews for a film": works on one thing that has to be known. */
const OWNER = /\b(?<!lists? )(?:for|of|about|to) (?:an?|(?:the|a|an) (?:given|specific|particular)) ([a-z ]{2,40})/i;

/** Things it works on by their id: terms of each, `own` for "its id". */
function idsOf({ name, description, parameters }: CatalogueEntry): readonly (readonly string[])[] {
  const all = propertiesOf(parameters);
  const required = parameters['required'];
  const isRequired = (key: string) => !Array.isArray(required) || required.includes(key);
  const named = all.filter(([key]) => isIdName(key) && isRequired(key));
  if (all.length > 0) return named.map(([key]) => { const own = termsOf(withoutId(key)); return own.length > 0 ? own : termsOf(name); });
  const words = wordsOf(description);
  if (words.some((word) => word === 'id' || word === 'identifier' || word === 'ids')) return [termsOf(name)];
  const owner = OWNER.exec(description.replace(/\([^()]*\)/g, ' '))?.[1];
  return owner === undefined ? [] : [termsOf(owner)];
}

export function indexedType(entry: CatalogueEntry): IndexedType {
  const { name, description, parameters, result, synonyms, examples } = entry;
  const described = propertiesOf(parameters).map(([key, property]) => `${key} ${text(property['description'])}`);
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
    namedActions: termsOf(name).map(actionsOf).filter((classes) => classes.some((one) => STRONG.has(one))),
    takes,
    gives: kindsOf(result),
    ids: takes.length > 0 ? [] : idsOf(entry),
  };
}
