import { isJsonObject, type JsonValue } from '../../../common/json.js';
import type { JsonType } from '../../rules/domain/fill/slot.js';

const NOT_JSON = Symbol('not JSON');

function parsed(text: string): JsonValue | typeof NOT_JSON {
  try {
    return JSON.parse(text) as JsonValue;
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

/** A single value where only a list is wanted. */
function asList(value: JsonValue, types: ReadonlySet<JsonType>): JsonValue {
  const wantsList = types.has('array') && !hasType(value, types);
  return wantsList && !isJsonObject(value) ? [value] : value;
}

/**
 * The value a text stands for where it was asked for as JSON text: JSON where the parameter wants that, the text itself
 * where it wants text or the text is no JSON. `isEncoded` false: the value was written as it is, and only a text where
 * no text is wanted is read.
 */
export function decodeValue(value: JsonValue, types: ReadonlySet<JsonType>, isEncoded: boolean): JsonValue {
  if (typeof value !== 'string') {
    const wantsText = types.has('string') && !hasType(value, types);
    if (wantsText && (typeof value === 'number' || typeof value === 'boolean')) return String(value);
    return asList(value, types);
  }
  if (!isEncoded && hasType(value, types)) return value;
  const json = parsed(value);
  if (json === NOT_JSON) return asList(value, types);
  if (types.size === 0) return json;
  if (typeof json === 'string') return hasType(json, types) ? json : asList(json, types);
  const wantsText = types.has('string') && types.size === 1;
  return !wantsText && hasType(json, types) ? json : asList(hasType(value, types) ? value : json, types);
}

/** `''`, `null`, `[]`, `{}`: nothing was meant. */
export const isEmpty = (value: JsonValue): boolean =>
  value === null ||
  value === '' ||
  (Array.isArray(value) && value.length === 0) ||
  (isJsonObject(value) && Object.keys(value).length === 0);
