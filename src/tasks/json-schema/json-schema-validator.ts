import { Injectable } from '@nestjs/common';
import { sandboxJob } from '../sandbox/sandbox-job.js';
import { Sandbox } from '../sandbox/sandbox.js';
import { schemaLength } from './schema-size.js';
import type { ValidateInput, Validation } from './validate.job.js';

const JOB = sandboxJob<ValidateInput, Validation>(import.meta.url, 'validate.job');

/** Checks data against JSON Schemas that callers wrote, apart from this process: a pattern in one may never end. */
@Injectable()
export class JsonSchemaValidator {
  constructor(private readonly sandbox: Sandbox) {}

  /** Every error at once. Fails as `invalid_schema` or by the limits of the sandbox (TaskError). */
  validate(input: ValidateInput, signal: AbortSignal): Promise<Validation> {
    schemaLength(input.schema);
    return this.sandbox.run(JOB, input, { signal });
  }
}
