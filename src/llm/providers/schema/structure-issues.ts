import type { Issue } from '../../../common/issue.js';
import { isJsonObject, jsonPointer, type JsonObject } from '../../../common/json.js';
import { isList, type Subschema, subschemas } from './subschemas.js';

export const schemaIssue = (pointer: string, message: string): Issue => ({
  code: 'schema_not_expressible',
  pointer,
  message,
});

/** Objects that are not closed (`additionalProperties: false`). */
export function openObjectIssues(schemas: readonly Subschema[], provider: string): Issue[] {
  return schemas
    .filter(({ schema }) => isObject(schema) && schema.additionalProperties !== false)
    .map(({ pointer }) =>
      schemaIssue(pointer, `${provider} wants every object closed (additionalProperties: false).`),
    );
}

/** Properties that are not required. */
export function optionalProperties(schemas: readonly Subschema[]): string[] {
  return schemas.flatMap(({ schema, pointer }) => {
    if (!isJsonObject(schema.properties)) return [];
    const required = isList(schema.required) ? schema.required : [];
    const optional = Object.keys(schema.properties).filter((name) => !required.includes(name));
    return optional.map((name) => pointer + jsonPointer(['properties', name]));
  });
}

const SHAPES = ['type', 'anyOf', 'oneOf', 'allOf', 'enum', 'const', '$ref'];

/** Schemas that take any value. */
export function untypedIssues(schemas: readonly Subschema[], provider: string): Issue[] {
  return schemas
    .filter(({ schema }) => !SHAPES.some((keyword) => keyword in schema))
    .map(({ pointer }) => schemaIssue(pointer, `${provider} has no way to say "any value": give it a type.`));
}

/** References that lead out of the schema or into a circle. */
export function referenceIssues(root: JsonObject, provider: string): Issue[] {
  const schemas = [...subschemas(root)];
  const known = new Set(schemas.map(({ pointer }) => pointer));
  return schemas.flatMap(({ pointer, schema }) => {
    const target = targetOf(schema);
    if (target === undefined) return [];
    if (!known.has(target))
      return [schemaIssue(pointer, `${provider} follows references inside the schema only.`)];
    return leadsBack(pointer, schemas)
      ? [schemaIssue(pointer, `${provider} does not take recursive schemas.`)]
      : [];
  });
}

function leadsBack(start: string, schemas: readonly Subschema[]): boolean {
  const seen = new Set<string>();
  const open = [start];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    for (const { pointer, schema } of schemas) {
      const target = isWithin(pointer, at) ? targetOf(schema) : undefined;
      if (target === undefined || seen.has(target)) continue;
      if (isWithin(start, target)) return true;
      seen.add(target);
      open.push(target);
    }
  }
  return false;
}

const isWithin = (pointer: string, parent: string): boolean =>
  pointer === parent || pointer.startsWith(`${parent}/`);

function targetOf({ $ref }: JsonObject): string | undefined {
  return typeof $ref === 'string' ? $ref.replace(/^#/, '') : undefined;
}

export const isObject = (schema: JsonObject): boolean =>
  schema.type === 'object' ||
  (isList(schema.type) && schema.type.includes('object')) ||
  'properties' in schema;
