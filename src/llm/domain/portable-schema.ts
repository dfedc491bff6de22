import { z } from 'zod';
import type { Issue } from '../../common/issue.js';
import { isJsonObject, type JsonObject, type JsonValue, jsonPointer } from '../../common/json.js';

/** What every provider's structured output understands; anything else is refused at boot. */
const KEYWORDS: ReadonlySet<string> = new Set([
  ...[
    'type',
    'properties',
    'required',
    'additionalProperties',
    'items',
    'enum',
    'const',
    'description',
    'anyOf',
  ],
  ...['minimum', 'maximum', 'minItems', 'maxItems', 'minLength', 'maxLength', 'title'],
]);
/** Bounds that not every provider takes: they are said in the description instead, and checked by us. */
const BOUNDS: Readonly<Record<string, string>> = {
  minimum: 'at least',
  maximum: 'at most',
  minItems: 'items, at least',
  maxItems: 'items, at most',
  minLength: 'characters, at least',
  maxLength: 'characters, at most',
};
/** JavaScript's own bounds of an integer say nothing. */
const isTrivial = (bound: unknown): boolean => Math.abs(bound as number) === Number.MAX_SAFE_INTEGER;

function describeBounds(schema: JsonObject): string {
  const bounds = Object.entries(BOUNDS)
    .filter(([name]) => typeof schema[name] === 'number' && !isTrivial(schema[name]))
    .map(([name, words]) => `${words} ${String(schema[name])}`);
  return [schema['description'], bounds.length > 0 ? `(${bounds.join(', ')})` : ''].filter(Boolean).join(' ');
}

function simplify(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return value.map(simplify);
  if (!isJsonObject(value)) return value;
  const described = describeBounds(value);
  const kept = Object.entries(value)
    .filter(([name]) => name !== '$schema' && name !== 'description' && !(name in BOUNDS))
    .map(([name, member]) => [
      name,
      name === 'properties' && isJsonObject(member)
        ? Object.fromEntries(Object.entries(member).map(([key, property]) => [key, simplify(property)]))
        : simplify(member),
    ]);
  const { type, ...rest } = Object.fromEntries(kept) as JsonObject;
  return {
    ...rest,
    // zod says a plain "string or null" in one type; not every provider takes that.
    ...(Array.isArray(type)
      ? { anyOf: type.map((each) => ({ type: each })) }
      : type === undefined
        ? {}
        : { type }),
    ...(described === '' ? {} : { description: described }),
  } as JsonObject;
}

/** The schema of a model's answer as it is sent: bounds are moved into descriptions. */
export function toPortableSchema(schema: z.ZodType): JsonObject {
  const json = z.toJSONSchema(schema, { io: 'input', target: 'draft-2020-12', unrepresentable: 'any' });
  return simplify(json as unknown as JsonObject) as JsonObject;
}

type Path = readonly PropertyKey[];

function issue(path: Path, message: string): Issue {
  return { code: 'schema_not_portable', pointer: jsonPointer(path), message };
}

function objectIssues(schema: JsonObject, path: Path): Issue[] {
  const properties = isJsonObject(schema['properties']) ? schema['properties'] : {};
  const names = Object.keys(properties);
  const required = Array.isArray(schema['required']) ? schema['required'] : [];
  const issues: Issue[] = [];
  if (schema['additionalProperties'] !== false)
    issues.push(
      issue(
        path,
        'An object has to be closed (`additionalProperties: false`; in zod z.strictObject); a list of { key, value } does for a map.',
      ),
    );
  for (const name of names.filter((known) => !required.includes(known)))
    issues.push(
      issue(
        [...path, 'properties', name],
        'Every field has to be required: use an empty list or a sentinel for absence.',
      ),
    );
  return [
    ...issues,
    ...names.flatMap((name) => nodeIssues(properties[name] as JsonValue, [...path, 'properties', name])),
  ];
}

const TYPES: readonly unknown[] = ['object', 'array', 'string', 'number', 'integer', 'boolean', 'null'];
const isText = (value: JsonValue): boolean => typeof value === 'string';
const isScalar = (value: JsonValue): boolean => typeof value !== 'object' || value === null;
const isCount = (value: JsonValue): boolean => Number.isInteger(value) && (value as number) >= 0;
const isSome = (value: JsonValue): value is JsonValue[] => Array.isArray(value) && value.length > 0;
/** What a keyword has to hold; callers write schemas by hand too. */
const FORMS: Readonly<Record<string, readonly [fits: (value: JsonValue) => boolean, what: string]>> = {
  // Several types in a list are said to be none where the type is looked at.
  type: [(value) => Array.isArray(value) || TYPES.includes(value), `one of ${TYPES.join(', ')}`],
  enum: [(value) => isSome(value) && value.every(isScalar), 'a list of texts, numbers, booleans or null'],
  const: [isScalar, 'a text, a number, a boolean or null'],
  anyOf: [isSome, 'a list of schemas'],
  properties: [isJsonObject, 'an object of schemas'],
  required: [(value) => Array.isArray(value) && value.every(isText), 'a list of names'],
  description: [isText, 'a text'],
  title: [isText, 'a text'],
  minimum: [Number.isFinite, 'a number'],
  maximum: [Number.isFinite, 'a number'],
  ...Object.fromEntries(
    ['minItems', 'maxItems', 'minLength', 'maxLength'].map((name) => [
      name,
      [isCount, 'a whole number from 0'],
    ]),
  ),
};

function keywordIssues(schema: JsonObject, path: Path): Issue[] {
  return Object.entries(schema).flatMap(([name, value]) => {
    if (!KEYWORDS.has(name)) return [issue([...path, name], `Not every provider understands ${name}.`)];
    const form = FORMS[name];
    return form === undefined || form[0](value)
      ? []
      : [issue([...path, name], `${name} has to be ${form[1]}.`)];
  });
}

function nodeIssues(schema: JsonValue, path: Path): Issue[] {
  if (!isJsonObject(schema)) return [issue(path, 'A schema has to be an object.')];
  const foreign = keywordIssues(schema, path);
  const { type, anyOf, items } = schema;
  if (Array.isArray(anyOf))
    return [...foreign, ...anyOf.flatMap((member, index) => nodeIssues(member, [...path, 'anyOf', index]))];
  if (type === 'object') return [...foreign, ...objectIssues(schema, path)];
  if (type === 'array') {
    if (!isJsonObject(items)) return [...foreign, issue(path, 'A list has to say what its items are.')];
    return [...foreign, ...nodeIssues(items, [...path, 'items'])];
  }
  if (typeof type !== 'string' && schema['const'] === undefined && schema['enum'] === undefined)
    return [...foreign, issue(path, 'A value has to have one type.')];
  return foreign;
}

/**
 * Why a schema cannot be sent to every provider, by pointer: the root is an object, every object is closed and has all
 * its fields required, no maps, tuples, recursion or values of any type. Empty: it can.
 */
export function portableSchemaIssues(schema: JsonObject): readonly Issue[] {
  if (schema['type'] !== 'object') return [issue([], 'The root has to be an object.')];
  return nodeIssues(schema, []);
}
