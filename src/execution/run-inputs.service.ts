import { Injectable } from '@nestjs/common';
import type { Issue } from '../common/issue.js';
import type { JsonObject, JsonValue } from '../common/json.js';
import { sentence } from '../common/wording.js';
import { TaskError } from '../tasks/domain/task-error.js';
import { issueCodeOf } from '../tasks/json-schema/issue-codes.js';
import { JsonSchemaValidator } from '../tasks/json-schema/json-schema-validator.js';
import { invalidInput } from './runs.errors.js';

const TIMEOUT_MS = 10_000;

/** Checks what a run is given against the `inputSchema` of its definition. */
@Injectable()
export class RunInputs {
  constructor(private readonly validator: JsonSchemaValidator) {}

  /** Fails as `invalid_input` with every issue, pointers under `/input`. */
  async check(schema: JsonObject, input: JsonValue): Promise<void> {
    const issues = await this.issuesOf(schema, input, '/input');
    if (issues.length > 0) throw invalidInput(issues);
  }

  /** What in a value does not fit a schema; pointers begin with `base`. */
  async issuesOf(schema: JsonObject, value: JsonValue, base: string): Promise<readonly Issue[]> {
    try {
      const { errors } = await this.validator.validate(
        { schema, data: value },
        AbortSignal.timeout(TIMEOUT_MS),
      );
      return errors.map(({ pointer, message, keyword }) => ({
        code: issueCodeOf(keyword),
        pointer: `${base}${pointer}`,
        message: sentence(message),
      }));
    } catch (error) {
      if (!(error instanceof TaskError)) throw error;
      const { code, message } = error.failure;
      return [
        {
          code,
          pointer: base,
          message: sentence(`It cannot be checked against its schema: ${message}`),
        },
      ];
    }
  }
}
