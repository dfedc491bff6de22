import type { Issue } from '../../../common/issue.js';
import { isJsonObject, type JsonObject, type JsonValue } from '../../../common/json.js';
import { keepKeywords, keywordFilter, leftOutIssues } from '../schema/keep-keywords.js';
import {
  isObject,
  openObjectIssues,
  optionalProperties,
  schemaIssue,
  untypedIssues,
} from '../schema/structure-issues.js';
import { isList, type Subschema, subschemas } from '../schema/subschemas.js';

// https://developers.openai.com/api/docs/guides/structured-outputs#supported-schemas (2026-11)
const FORMATS = 'date-time time date duration email hostname ipv4 ipv6 uuid'.split(' ');
const keeps = keywordFilter(
  [
    ...['type', 'title', 'description', 'enum', 'const', 'anyOf', '$ref', '$defs', 'definitions'],
    ...['properties', 'required', 'additionalProperties', 'items', 'minItems', 'maxItems', 'pattern'],
    ...['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf'],
  ],
  { format: (value) => typeof value === 'string' && FORMATS.includes(value) },
);
const COMBINING = ['allOf', 'oneOf', 'not', 'prefixItems', 'patternProperties', 'if', 'dependentSchemas'];
const MAX_DEPTH = 10;
const MAX_PROPERTIES = 5000;
const MAX_ENUM_VALUES = 1000;
const MAX_NAME_CHARACTERS = 120_000;
const MAX_CHARACTERS_OF_LARGE_ENUM = 15_000;
const LARGE_ENUM_VALUES = 250;

/** The schema as strict mode takes it. */
export const toOpenAiSchema = (schema: JsonObject): JsonObject => keepKeywords(schema, keeps);

/** What strict mode of OpenAI cannot express: errors for its structure, warnings for bounds that are not sent. */
export function openAiSchemaIssues(root: JsonObject): Issue[] {
  const schemas = [...subschemas(root)];
  const combined = schemas.flatMap(({ pointer, schema }) =>
    COMBINING.filter((keyword) => keyword in schema).map((keyword) =>
      schemaIssue(`${pointer}/${keyword}`, `openai does not take "${keyword}" in strict mode.`),
    ),
  );
  const optional = optionalProperties(schemas).map((pointer) =>
    schemaIssue(pointer, 'openai wants every property required; use null or an empty value for absence.'),
  );
  const rootIssues =
    isObject(root) && root.type === 'object' ? [] : [schemaIssue('', 'openai wants an object as the root.')];
  return [
    ...rootIssues,
    ...openObjectIssues(schemas, 'openai'),
    ...optional,
    ...untypedIssues(schemas, 'openai'),
    ...combined,
    ...sizeIssues(schemas),
    ...leftOutIssues(root, 'openai', keeps).filter(
      ({ pointer }) => !combined.some((issue) => issue.pointer === pointer),
    ),
  ];
}

function sizeIssues(schemas: readonly Subschema[]): Issue[] {
  const enums = schemas.flatMap(({ schema }) => (isList(schema.enum) ? [schema.enum] : []));
  const names = schemas.flatMap(({ schema: { properties, $defs } }) =>
    [properties, $defs].filter(isJsonObject).flatMap((named) => Object.keys(named)),
  );
  const consts = schemas.flatMap(({ schema }) => (schema.const === undefined ? [] : [schema.const]));
  const deep = schemas.filter(({ depth }) => depth > MAX_DEPTH).slice(0, 1);
  const properties = schemas.filter(({ isProperty }) => isProperty).length;
  const values = enums.flat().length;
  const characters = charactersOf([...names, ...enums.flat(), ...consts]);
  const tooMany = (count: number, most: number, what: string) =>
    count > most ? [schemaIssue('', `openai takes at most ${most} ${what}; there are ${count}.`)] : [];
  return [
    ...deep.map(({ pointer }) =>
      schemaIssue(pointer, `openai takes at most ${MAX_DEPTH} levels of nesting.`),
    ),
    ...tooMany(properties, MAX_PROPERTIES, 'properties'),
    ...tooMany(values, MAX_ENUM_VALUES, 'enum values'),
    ...tooMany(characters, MAX_NAME_CHARACTERS, 'characters in names, enums and constants'),
    ...schemas.flatMap(largeEnumIssues),
  ];
}

function largeEnumIssues({ pointer, schema }: Subschema): Issue[] {
  if (!isList(schema.enum) || schema.enum.length <= LARGE_ENUM_VALUES) return [];
  if (charactersOf(schema.enum) <= MAX_CHARACTERS_OF_LARGE_ENUM) return [];
  const limit = `at most ${MAX_CHARACTERS_OF_LARGE_ENUM} characters in an enum of more than ${LARGE_ENUM_VALUES} values`;
  return [schemaIssue(`${pointer}/enum`, `openai takes ${limit}.`)];
}

const charactersOf = (values: readonly JsonValue[]): number =>
  values.reduce<number>((sum, value) => sum + (typeof value === 'string' ? value.length : 0), 0);
