import type { Issue } from '../../../common/issue.js';
import type { JsonObject } from '../../../common/json.js';
import { keepKeywords, keywordFilter, leftOutIssues } from '../schema/keep-keywords.js';
import {
  openObjectIssues,
  optionalProperties,
  referenceIssues,
  schemaIssue,
  untypedIssues,
} from '../schema/structure-issues.js';
import { isList, subschemas } from '../schema/subschemas.js';

// https://platform.claude.com/docs/en/build-with-claude/structured-outputs (2026-11) and the SDK's transformJSONSchema.
const FORMATS = 'date-time time date duration email hostname uri ipv4 ipv6 uuid'.split(' ');
const keeps = keywordFilter(
  [
    ...['type', 'title', 'description', 'enum', 'const', 'anyOf', 'allOf', '$ref', '$defs', 'definitions'],
    ...['properties', 'required', 'additionalProperties', 'items'],
  ],
  {
    format: (value) => typeof value === 'string' && FORMATS.includes(value),
    minItems: (value) => value === 0 || value === 1,
  },
);
const MAX_UNIONS = 16;
const MAX_OPTIONAL = 24;
const COMBINING = ['oneOf', 'not', 'prefixItems', 'patternProperties', 'if'];

/** The schema as structured outputs take it. */
export const toAnthropicSchema = (schema: JsonObject): JsonObject => keepKeywords(schema, keeps);

/** What structured outputs of Anthropic cannot express: errors for structure, warnings for bounds that are not sent. */
export function anthropicSchemaIssues(root: JsonObject): Issue[] {
  const schemas = [...subschemas(root)];
  const unions = schemas.filter(({ schema }) => isList(schema.anyOf) || isList(schema.type));
  const optional = optionalProperties(schemas);
  const combined = schemas.flatMap(({ pointer, schema }) =>
    COMBINING.filter((keyword) => keyword in schema).map((keyword) =>
      schemaIssue(`${pointer}/${keyword}`, `anthropic does not take "${keyword}".`),
    ),
  );
  return [
    ...openObjectIssues(schemas, 'anthropic'),
    ...untypedIssues(schemas, 'anthropic'),
    ...referenceIssues(root, 'anthropic'),
    ...combined,
    ...beyond(
      unions.map(({ pointer }) => pointer),
      MAX_UNIONS,
      'values of more than one type (anyOf or a list of types)',
    ),
    ...beyond(optional, MAX_OPTIONAL, 'optional properties'),
    ...leftOutIssues(root, 'anthropic', keeps).filter(
      ({ pointer }) => !combined.some((issue) => issue.pointer === pointer),
    ),
  ];
}

/** One issue, at the first that is one too many. */
function beyond(pointers: readonly string[], most: number, what: string): Issue[] {
  const first = pointers[most];
  if (first === undefined) return [];
  return [schemaIssue(first, `anthropic takes at most ${most} ${what}; there are ${pointers.length}.`)];
}
