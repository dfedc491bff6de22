import type { ErrorObject, ValidateFunction } from 'ajv/dist/2020.js';
import { createRequire } from 'node:module';

const DRAFT_2020 = 'https://json-schema.org/draft/2020-12/schema';
const DRAFT_07 = 'http://json-schema.org/draft-07/schema';

type MetaSchemas = ReadonlyMap<string, ValidateFunction>;
let compiled: MetaSchemas | undefined;

/**
 * Code is made from the two meta-schemas only, never from a schema that a caller wrote. Loaded with the first schema:
 * it takes 60 ms. Patterns are not read: that alone can take seconds. The first error ends a check, since collecting
 * them is quadratic in their number.
 */
function compileMetaSchemas(): MetaSchemas {
  const require = createRequire(import.meta.url);
  const { Ajv2020 } = require('ajv/dist/2020.js') as typeof import('ajv/dist/2020.js');
  const ajv = new Ajv2020({ strict: false, logger: false, verbose: true });
  ajv.addMetaSchema(require('ajv/dist/refs/json-schema-draft-07.json') as object);
  const validatorOf = (id: string): ValidateFunction => ajv.getSchema(id) as ValidateFunction;
  return new Map([DRAFT_2020, DRAFT_07].map((id) => [id, validatorOf(id)]));
}

/** The first thing that is wrong with a schema; null when nothing is, or when its dialect is not one of the two. */
export function metaSchemaError(schema: object, dialect: string | undefined): ErrorObject | null {
  compiled ??= compileMetaSchemas();
  const validate = compiled.get(dialect?.replace(/#$/, '') ?? DRAFT_2020);
  if (validate === undefined || validate(schema)) return null;
  return validate.errors?.[0] ?? null;
}
