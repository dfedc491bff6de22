import { isJsonObject, type JsonObject, type JsonValue } from '../../../../src/common/json.js';
import { valueAt } from './pointers.js';

/** What a schema stands for once its `$ref` is followed. */
export function resolve(schema: JsonObject, root: JsonObject): JsonObject {
  if (typeof schema.$ref !== 'string') return schema;
  const found = valueAt(root, schema.$ref.replace(/^#/, ''));
  if (!isJsonObject(found)) throw new Error(`${schema.$ref} leads nowhere.`);
  return resolve(found, root);
}

/** The schemas of which a value fits one: `anyOf`, `oneOf`, or a list of types; what stands beside belongs to each. */
export function alternatives(schema: JsonObject): readonly JsonObject[] {
  const { anyOf, oneOf, type, ...rest } = schema;
  const typed = type === undefined ? rest : { type, ...rest };
  const branches = (anyOf ?? oneOf) as readonly JsonObject[] | undefined;
  if (branches !== undefined) return branches.flatMap((branch) => alternatives({ ...typed, ...branch }));
  if (Array.isArray(type)) return type.map((one: JsonValue) => ({ ...rest, type: one }));
  return [schema];
}

/** The closed set of values, null where there is none. */
export function valuesOf(schema: JsonObject): readonly JsonValue[] | null {
  if (schema.const !== undefined) return [schema.const];
  return (schema.enum as readonly JsonValue[] | undefined) ?? null;
}

export const requiredOf = (schema: JsonObject): readonly string[] =>
  (schema.required ?? []) as readonly string[];

const ANNOTATIONS = new Set(['description', 'title', 'example', 'examples', 'default', 'deprecated']);

export const acceptsAnything = (schema: JsonObject): boolean =>
  Object.keys(schema).every((key) => ANNOTATIONS.has(key));
