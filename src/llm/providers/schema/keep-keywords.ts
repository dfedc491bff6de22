import type { Issue } from '../../../common/issue.js';
import { isJsonObject, jsonPointer, type JsonObject, type JsonValue } from '../../../common/json.js';
import { isList, subschemas } from './subschemas.js';

/** Whether a provider takes a keyword with this value. */
export type KeywordFilter = (keyword: string, value: JsonValue) => boolean;

/** A filter by name, and for some names by value. */
export function keywordFilter(
  names: readonly string[],
  byValue: Readonly<Record<string, (value: JsonValue) => boolean>> = {},
): KeywordFilter {
  const kept = new Set(names);
  return (keyword, value) =>
    Object.hasOwn(byValue, keyword) ? byValue[keyword]?.(value) === true : kept.has(keyword);
}

const BY_NAME = new Set(['properties', '$defs', 'definitions']);
/** Their values are data, not schemas. */
const DATA = new Set(['enum', 'const', 'default', 'examples', 'required']);

/** A schema without the keywords a provider would refuse. The answer is checked against all of them afterwards. */
export function keepKeywords(schema: JsonObject, keeps: KeywordFilter): JsonObject {
  const kept = Object.entries(schema).filter(([keyword, value]) => keeps(keyword, value));
  return Object.fromEntries(kept.map(([keyword, value]) => [keyword, keepIn(keyword, value, keeps)]));
}

function keepIn(keyword: string, value: JsonValue, keeps: KeywordFilter): JsonValue {
  if (DATA.has(keyword)) return value;
  const keep = (inner: JsonValue) => (isJsonObject(inner) ? keepKeywords(inner, keeps) : inner);
  if (isList(value)) return value.map(keep);
  if (!isJsonObject(value) || !BY_NAME.has(keyword)) return keep(value);
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, keep(inner)]));
}

/** One warning for each keyword that is left out of what a provider is sent. */
export function leftOutIssues(root: JsonObject, provider: string, keeps: KeywordFilter): Issue[] {
  return [...subschemas(root)].flatMap(({ pointer, schema }) =>
    Object.entries(schema)
      .filter(([keyword, value]) => !keeps(keyword, value))
      .map(([keyword]) => ({
        code: 'schema_keyword_left_out',
        pointer: pointer + jsonPointer([keyword]),
        message: `${provider} does not take "${keyword}" here, so it is not sent; the answer is still checked against it.`,
        severity: 'warning' as const,
      })),
  );
}
