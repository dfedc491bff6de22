import { isJsonObject, type JsonObject, type JsonValue } from '../../../../common/json.js';
import type { CatalogueEntry } from '../../../domain/catalogue-entry.js';
import { wordsOf } from '../terms.js';
import { type JsonType, typesOf } from './slot.js';

/** What of a result an answer to "the result" is. */
export interface Payload {
  /** null: all of it. */
  readonly field: string | null;
  /** Empty: any JSON. */
  readonly types: ReadonlySet<JsonType>;
}

const FACTS = new Set('bytes count size status code seconds duration by at ok valid headers'.split(' '));
const MATTER = new Set(
  'content text body value data output result answer items rows records report document total'.split(' '),
);

const propertiesOf = (schema: JsonObject): JsonObject =>
  isJsonObject(schema['properties']) ? schema['properties'] : {};

function weightOf(name: string, schema: JsonValue, taken: JsonObject): number {
  const words = wordsOf(name);
  const types = typesOf(schema);
  if (Object.hasOwn(taken, name) || types.has('boolean')) return 0;
  if (words.some((word) => FACTS.has(word))) return 0;
  return words.some((word) => MATTER.has(word)) ? 2 : 1;
}

/**
 * The field of its result that a task hands on: as its type says, else by the schema of the result, fields that only
 * repeat a parameter or state a fact left out. null: it has nothing to hand on but what it was given.
 */
export function payloadOf(entry: CatalogueEntry, parameters: JsonObject): Payload | null {
  const fields = propertiesOf(entry.result);
  const { yields } = entry.hints;
  if (yields !== undefined) {
    const found = yields.find(({ with: given = [] }) =>
      given.every((name) => Object.hasOwn(parameters, name)),
    );
    if (found === undefined) return null;
    const { field, type } = found;
    return { field, types: type === undefined ? typesOf(fields[field]) : new Set([type]) };
  }
  const names = Object.keys(fields);
  if (names.length === 0) return { field: null, types: new Set() };
  const taken = propertiesOf(entry.parameters);
  const weights = names.map((name) => weightOf(name, fields[name] as JsonValue, taken));
  const best = weights.indexOf(Math.max(...weights));
  if (weights[best] === 0) return null;
  return { field: names[best] as string, types: typesOf(fields[names[best] as string]) };
}

/** The field of a result that says yes or no; null: there is none. */
export function verdictOf({ result }: CatalogueEntry): string | null {
  const fields = propertiesOf(result);
  return Object.keys(fields).find((name) => typesOf(fields[name]).has('boolean')) ?? null;
}
