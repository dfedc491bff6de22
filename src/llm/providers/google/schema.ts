import type { Issue } from '../../../common/issue.js';
import type { JsonObject, JsonValue } from '../../../common/json.js';
import { isJsonObject } from '../../../common/json.js';
import { keepKeywords, keywordFilter, leftOutIssues } from '../schema/keep-keywords.js';
import { referenceIssues, schemaIssue, untypedIssues } from '../schema/structure-issues.js';
import { isList, subschemas } from '../schema/subschemas.js';

const isTextOrNumber = (value: JsonValue): boolean => typeof value === 'string' || typeof value === 'number';

// What `responseJsonSchema` takes, as @google/genai 3.1.0 documents it.
const keeps = keywordFilter(
  [
    ...['$id', '$defs', '$ref', '$anchor', 'type', 'format', 'title', 'description', 'propertyOrdering'],
    ...['items', 'prefixItems', 'minItems', 'maxItems', 'minimum', 'maximum', 'anyOf', 'oneOf'],
    ...['properties', 'additionalProperties', 'required'],
  ],
  { enum: (value) => isList(value) && value.every(isTextOrNumber) },
);
const COMBINING = ['allOf', 'not', 'patternProperties', 'if', 'definitions'];

/** The schema as `responseJsonSchema` takes it; a constant is an enum of one value there. */
export const toGoogleSchema = (schema: JsonObject): JsonObject =>
  keepKeywords(withoutConstants(schema), keeps);

/** What `responseJsonSchema` cannot express: errors for its structure, warnings for bounds that are not sent. */
export function googleSchemaIssues(root: JsonObject): Issue[] {
  const schemas = [...subschemas(root)];
  const combined = schemas.flatMap(({ pointer, schema }) =>
    COMBINING.filter((keyword) => keyword in schema).map((keyword) =>
      schemaIssue(`${pointer}/${keyword}`, `google does not take "${keyword}".`),
    ),
  );
  const besideReference = schemas
    .filter(
      ({ schema }) => '$ref' in schema && Object.keys(schema).some((keyword) => !keyword.startsWith('$')),
    )
    .map(({ pointer }) => schemaIssue(pointer, 'google takes nothing beside "$ref".'));
  return [
    ...untypedIssues(schemas, 'google'),
    ...referenceIssues(root, 'google'),
    ...besideReference,
    ...combined,
    ...leftOutIssues(root, 'google', (keyword, value) =>
      keyword === 'const' ? isTextOrNumber(value) : keeps(keyword, value),
    ).filter(({ pointer }) => !combined.some((issue) => issue.pointer === pointer)),
  ];
}

function withoutConstants(value: JsonObject): JsonObject {
  const entries = Object.entries(value).map(([name, inner]): [string, JsonValue] =>
    name === 'const' && isTextOrNumber(inner) ? ['enum', [inner]] : [name, deep(inner)],
  );
  return Object.fromEntries(entries);
}

function deep(value: JsonValue): JsonValue {
  if (isList(value)) return value.map(deep);
  return isJsonObject(value) ? withoutConstants(value) : value;
}
