import { Injectable } from '@nestjs/common';
import { TaskError } from '../domain/task-error.js';
import { sandboxJob } from '../sandbox/sandbox-job.js';
import { Sandbox } from '../sandbox/sandbox.js';
import type { ValidateInput, Validation } from './validate.job.js';

const MAX_SCHEMA_LENGTH = 256 * 1024;
const JOB = sandboxJob<ValidateInput, Validation>(import.meta.url, 'validate.job');

/** Checks data against JSON Schemas that callers wrote, apart from this process: a pattern in one may never end. */
@Injectable()
export class JsonSchemaValidator {
  constructor(private readonly sandbox: Sandbox) {}

  /** Every error at once. Fails as `invalid_schema` or by the limits of the sandbox (TaskError). */
  validate(input: ValidateInput, signal: AbortSignal): Promise<Validation> {
    refuseLargeSchema(input.schema);
    return this.sandbox.run(JOB, input, { signal });
  }
}

function refuseLargeSchema(schema: unknown): void {
  const length = JSON.stringify(schema).length;
  if (length <= MAX_SCHEMA_LENGTH) return;
  throw new TaskError({
    code: 'invalid_schema',
    class: 'invalid_input',
    effect: 'none',
    message: `The schema has ${length} characters; at most ${MAX_SCHEMA_LENGTH} are allowed.`,
  });
}
