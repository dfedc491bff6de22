import { createRequire } from 'node:module';
import { Ajv2020, type ErrorObject } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import type { JobAnswer } from '../sandbox/sandbox-job.js';

export interface ValidateInput {
  readonly data: unknown;
  readonly schema: unknown;
}

export interface ValidationError {
  readonly pointer: string;
  readonly message: string;
  readonly keyword: string;
  readonly schemaPointer: string;
}

export interface Validation {
  readonly valid: boolean;
  readonly errorCount: number;
  readonly errors: readonly ValidationError[];
}

const MAX_ERRORS = 100;
const draft07 = createRequire(import.meta.url)('ajv/dist/refs/json-schema-draft-07.json') as object;

function describe(error: ErrorObject): ValidationError {
  const { additionalProperty, unevaluatedProperty, allowedValues } = error.params as Record<string, unknown>;
  const named = additionalProperty ?? unevaluatedProperty ?? allowedValues;
  const detail = named === undefined ? '' : `: ${JSON.stringify(named)}`;
  return {
    pointer: error.instancePath,
    message: `${error.message ?? error.keyword}${detail}`,
    keyword: error.keyword,
    schemaPointer: error.schemaPath,
  };
}

/** Validates with JSON Schema 2020-12 (or draft 07 where `$schema` says so); `$ref` never leaves the schema. */
export function run({ data, schema }: ValidateInput): JobAnswer<Validation> {
  const ajv = new Ajv2020({ allErrors: true, strict: false, validateFormats: true, logger: false });
  formats.default(ajv);
  ajv.addMetaSchema(draft07);
  try {
    if ((schema as { $async?: unknown } | null)?.$async === true)
      throw new Error('"$async" is not supported');
    const validate = ajv.compile(schema as object | boolean);
    const valid = validate(data);
    const errors = validate.errors ?? [];
    return {
      ok: true,
      value: { valid, errorCount: errors.length, errors: errors.slice(0, MAX_ERRORS).map(describe) },
    };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { ok: false, code: 'invalid_schema', message: `The schema cannot be used: ${reason}` };
  }
}
