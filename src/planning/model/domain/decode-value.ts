import { isJsonObject, type JsonObject, type JsonValue } from '../../../common/json.js';
import { findUnstorable } from '../../../common/storable.js';
import { mayHoldReference } from '../../../workflows/domain/template.js';
import { type JsonType, typesOf } from '../../rules/domain/fill/slot.js';

/** Levels of a value whose members are looked at too. */
const MAX_DEPTH = 8;
/** A longer text is a text. */
const MAX_JSON_LENGTH = 100_000;
/** What JSON starts with; most texts do not, and to find that out by failing is slow. */
const JSON_START = /^\s*(?:["[\d-]|\{(?!\{)|true|false|null)/;
const NOT_JSON = Symbol('not JSON');

function parsed(text: string): JsonValue | typeof NOT_JSON {
  if (text.length > MAX_JSON_LENGTH || !JSON_START.test(text)) return NOT_JSON;
  try {
    const json = JSON.parse(text) as JsonValue;
    return findUnstorable(json) === null ? json : NOT_JSON;
  } catch {
    return NOT_JSON;
  }
}

function typeOf(value: JsonValue): JsonType {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  if (Number.isInteger(value)) return 'integer';
  return typeof value as JsonType;
}

/** Whether a value has one of the types; none: any. */
export function hasType(value: JsonValue, types: ReadonlySet<JsonType>): boolean {
  const type = typeOf(value);
  return types.size === 0 || types.has(type) || (type === 'integer' && types.has('number'));
}

const choicesOf = (schema: JsonObject): readonly JsonValue[] =>
  Array.isArray(schema['enum']) ? (schema['enum'] as readonly JsonValue[]) : [];

/** The one choice that differs only in case, or in the quotes around it. */
function choiceFor(text: string, schema: JsonObject): string {
  const choices = choicesOf(schema).filter((choice) => typeof choice === 'string');
  if (choices.length === 0 || choices.includes(text)) return text;
  const bare = text
    .trim()
    .replace(/^["'](.*)["']$/, '$1')
    .toLowerCase();
  const same = choices.filter((choice) => choice.toLowerCase() === bare);
  return same.length === 1 ? (same[0] as string) : text;
}

/** What a text holds that is no text for its schema; the text itself where it is one or nothing else. */
function decodeText(text: string, types: ReadonlySet<JsonType>, isEncoded: boolean): JsonValue {
  if (!isEncoded && hasType(text, types)) return text;
  const json = parsed(
    types.has('boolean') && /^(?:true|false)$/i.test(text.trim()) ? text.toLowerCase() : text,
  );
  if (json === NOT_JSON) return text;
  if (types.size === 0 || typeof json === 'string') return json;
  // Where text is wanted as well, only a structure is surely no text.
  if (types.has('string') && (typeof json !== 'object' || json === null)) return text;
  return hasType(json, types) || hasItemType(json, types) ? json : text;
}

/** A single value of a list. */
const hasItemType = (value: JsonValue, types: ReadonlySet<JsonType>): boolean =>
  types.has('array') && (typeof value !== 'object' || value === null);

function decodeMembers(value: JsonValue, schema: JsonObject, depth: number): JsonValue {
  const { properties, items } = schema;
  if (Array.isArray(value))
    return isJsonObject(items)
      ? (value as readonly JsonValue[]).map((item) => decode(item, items, false, depth + 1))
      : value;
  if (!isJsonObject(value) || !isJsonObject(properties)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => {
      const inner = Object.hasOwn(properties, name) ? properties[name] : undefined;
      return [name, isJsonObject(inner) ? decode(member, inner, false, depth + 1) : member];
    }),
  );
}

/** A single value where only a list is wanted; a text that refers may be a list itself. */
function asList(value: JsonValue, types: ReadonlySet<JsonType>): JsonValue {
  const isWanted = types.has('array') && !hasType(value, types) && !isJsonObject(value) && value !== null;
  return isWanted && !(typeof value === 'string' && mayHoldReference(value)) ? [value] : value;
}

function decode(value: JsonValue, schema: JsonObject, isEncoded: boolean, depth: number): JsonValue {
  const types = typesOf(schema);
  const wantsText = types.has('string') && !hasType(value, types);
  const read =
    typeof value === 'string'
      ? decodeText(choiceFor(value, schema), types, isEncoded)
      : wantsText && (typeof value === 'number' || typeof value === 'boolean')
        ? String(value)
        : value;
  const chosen = typeof read === 'string' ? choiceFor(read, schema) : read;
  const listed = asList(chosen, types);
  return depth < MAX_DEPTH ? decodeMembers(listed, schema, depth) : listed;
}

/**
 * The value a parameter was meant to have, by its schema: numbers, booleans, lists and objects out of text where no
 * text is wanted, text out of numbers where only text is, a list of one. `isEncoded`: it was asked for as JSON text, so
 * text in quotes is the text, and where anything is taken JSON is JSON.
 */
export const decodeValue = (value: JsonValue, schema: JsonObject, isEncoded: boolean): JsonValue =>
  decode(value, schema, isEncoded, 0);

/** The text within JSON quotes, where it was asked for as JSON text. */
export function unquoted(value: JsonValue, isEncoded: boolean): JsonValue {
  if (!isEncoded || typeof value !== 'string' || !/^\s*"/.test(value)) return value;
  const json = parsed(value);
  return typeof json === 'string' ? json : value;
}

/** `''`, `null`, `[]`, `{}`: nothing was meant. */
export const isEmpty = (value: JsonValue): boolean =>
  value === null ||
  (typeof value === 'string' && value.trim() === '') ||
  (Array.isArray(value) && value.length === 0) ||
  (isJsonObject(value) && Object.keys(value).length === 0);
