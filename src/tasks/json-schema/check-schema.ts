import type { Issue } from '../../common/issue.js';
import { isJsonObject, type JsonObject } from '../../common/json.js';
import type { CheckBudget } from '../domain/check-budget.js';
import { refusalIssues } from '../domain/refusal-issues.js';
import { describeSchemaError } from './describe-schema-error.js';
import { metaSchemaError } from './meta-schemas.js';
import { schemaLength } from './schema-size.js';

const invalid = (pointer: string, message: string): readonly Issue[] => [
  { code: 'invalid_schema', pointer, message },
];

function checkAgainstMetaSchema(schema: JsonObject): readonly Issue[] {
  const { $async: isAsync, $schema: dialect } = schema;
  if (isAsync === true) return invalid('/$async', 'Schemas with "$async" are not supported. Remove it.');
  if (dialect !== undefined && typeof dialect !== 'string')
    return invalid('/$schema', 'Must be the address of a meta-schema, as text.');
  const error = metaSchemaError(schema, dialect);
  return error === null ? [] : invalid(error.instancePath, describeSchemaError(error));
}

/** Whether a schema that a caller wrote fits its meta-schema. Nothing is compiled from it and no pattern is run. */
export function checkSchema(schema: unknown, budget: CheckBudget): readonly Issue[] {
  if (!isJsonObject(schema)) return [];
  let length = 0;
  const tooLarge = refusalIssues(() => (length = schemaLength(schema)));
  if (tooLarge.length > 0) return tooLarge;
  return budget.spend(10 + length / 20) ? checkAgainstMetaSchema(schema) : [];
}
