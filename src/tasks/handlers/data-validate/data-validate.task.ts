import { z } from 'zod';
import { TaskError } from '../../domain/task-error.js';
import { done, type Done } from '../../domain/task-outcome.js';
import type { TaskContext, TaskHandler } from '../../domain/task-type.js';
import { sandboxJob } from '../../sandbox/sandbox-job.js';
import { Sandbox } from '../../sandbox/sandbox.js';
import { TaskType } from '../../task-type.decorator.js';
import type { ValidateInput, Validation } from './validate.job.js';

const MAX_SCHEMA_LENGTH = 256 * 1024;

const parameters = z.strictObject({
  data: z.unknown().meta({ description: 'The data to check, usually a reference.' }),
  schema: z.union([z.record(z.string(), z.unknown()), z.boolean()]).meta({
    description:
      'A JSON Schema, 2020-12 (or draft 07 where `$schema` names it), at most 256 KiB. `$ref` reaches only into itself.',
  }),
  failOnInvalid: z.boolean().default(false).meta({
    description:
      'Whether invalid data fails the task (`data_invalid`). Otherwise it succeeds with `valid: false`.',
    adjustable: true,
  }),
});

const result = z.strictObject({
  valid: z.boolean().meta({ description: 'Whether the data fits the schema.' }),
  errorCount: z.int().meta({ description: 'How many errors were found; `errors` holds the first 100.' }),
  errors: z
    .array(
      z.strictObject({
        pointer: z
          .string()
          .meta({ description: 'JSON pointer to the value that is wrong; empty for the data itself.' }),
        message: z.string().meta({ description: 'What is wrong with it.' }),
        keyword: z.string().meta({ description: 'The keyword of the schema that it breaks.' }),
        schemaPointer: z.string().meta({ description: 'Where in the schema that keyword stands.' }),
      }),
    )
    .meta({ description: 'What is wrong, all of it at once.' }),
});

const JOB = sandboxJob<ValidateInput, Validation>(import.meta.url, 'validate.job');

@TaskType({
  name: 'data.validate',
  description:
    'Checks JSON data against a JSON Schema and lists every error. Runs apart from the engine for at most 5 s.',
  parameters,
  result,
  effects: () => 'none',
  examples: [
    {
      title: 'An order without a quantity',
      parameters: {
        data: { article: 'desk' },
        schema: {
          type: 'object',
          required: ['article', 'quantity'],
          properties: { article: { type: 'string' }, quantity: { type: 'integer', minimum: 1 } },
        },
      },
    },
  ],
})
export class DataValidateTask implements TaskHandler<z.output<typeof parameters>, Validation> {
  constructor(private readonly sandbox: Sandbox) {}

  async execute(
    { data, schema, failOnInvalid }: z.output<typeof parameters>,
    context: TaskContext,
  ): Promise<Done<Validation>> {
    refuseLargeSchema(schema);
    const validation = await this.sandbox.run(JOB, { data, schema }, { signal: context.signal });
    if (failOnInvalid && !validation.valid) throw dataInvalid(validation);
    return done(validation);
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

function dataInvalid({ errors, errorCount }: Validation): TaskError {
  const first = errors.slice(0, 5).map((error) => `${error.pointer || '(the data itself)'} ${error.message}`);
  const more = errorCount > first.length ? `; and ${errorCount - first.length} more` : '';
  return new TaskError({
    code: 'data_invalid',
    class: 'invalid_input',
    effect: 'none',
    message: `The data does not fit the schema: ${first.join('; ')}${more}.`,
  });
}
