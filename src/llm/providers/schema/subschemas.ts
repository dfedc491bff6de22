import { isJsonObject, jsonPointer, type JsonObject, type JsonValue } from '../../../common/json.js';

/** A schema inside a schema, with where it is. */
export interface Subschema {
  readonly pointer: string;
  readonly schema: JsonObject;
  /** Objects and arrays around it; the root has 0. Definitions count from where they are defined. */
  readonly depth: number;
  /** Whether it is the value of a property. */
  readonly isProperty: boolean;
}

/** By name. */
const NAMED = ['properties', '$defs', 'definitions'] as const;
/** In a list. */
const LISTED = ['anyOf', 'oneOf', 'allOf', 'prefixItems'] as const;
const SINGLE = ['items', 'additionalProperties', 'not'] as const;
const NESTING: ReadonlySet<string> = new Set(['properties', 'items', 'prefixItems', 'additionalProperties']);

/** A schema and every schema in it, outer ones first. */
export function* subschemas(root: JsonObject): Generator<Subschema> {
  yield* walk({ pointer: '', schema: root, depth: 0, isProperty: false });
}

function* walk(at: Subschema): Generator<Subschema> {
  yield at;
  for (const keyword of NAMED) {
    const named = at.schema[keyword];
    if (isJsonObject(named)) {
      for (const [name, schema] of Object.entries(named)) yield* below(at, [keyword, name], schema);
    }
  }
  for (const keyword of LISTED) {
    const list = at.schema[keyword];
    if (isList(list))
      for (const [index, schema] of list.entries()) yield* below(at, [keyword, index], schema);
  }
  for (const keyword of SINGLE) yield* below(at, [keyword], at.schema[keyword]);
}

function* below(at: Subschema, path: readonly [string, ...PropertyKey[]], schema: JsonValue | undefined) {
  if (!isJsonObject(schema)) return;
  const [keyword] = path;
  const depth = at.depth + (NESTING.has(keyword) ? 1 : 0);
  const isProperty = keyword === 'properties';
  yield* walk({ pointer: at.pointer + jsonPointer(path), schema, depth, isProperty });
}

/** Whether a value is a list; `Array.isArray` does not tell read-only ones. */
export function isList(value: JsonValue | undefined): value is readonly JsonValue[] {
  return Array.isArray(value);
}
