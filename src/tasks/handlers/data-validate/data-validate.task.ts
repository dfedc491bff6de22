import { z } from 'zod';
import { TaskError } from '../../domain/task-error.js';
import { done, type Done } from '../../domain/task-outcome.js';
import type { TaskContext, TaskHandler } from '../../domain/task-type.js';
import { checkSchema } from '../../json-schema/check-schema.js';
import { JsonSchemaValidator } from '../../json-schema/json-schema-validator.js';
import type { Validation } from '../../json-schema/validate.job.js';
import { TaskType } from '../../task-type.decorator.js';

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

@TaskType({
  name: 'data.validate',
  description:
    'Checks JSON data against a JSON Schema and lists every error. Runs apart from the engine for at most 5 s.',
  parameters,
  result,
  effects: () => 'none',
  check: { schema: checkSchema },
  planning: {
    synonyms: ['verify', 'conform', 'valid'],
    verbRequired: true,
    parameters: {
      schema: { after: ['against', 'with', 'by', 'using'] },
      failOnInvalid: { value: true },
    },
    yields: [],
  },
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
  constructor(private readonly validator: JsonSchemaValidator) {}

  async execute(
    { data, schema, failOnInvalid }: z.output<typeof parameters>,
    context: TaskContext,
  ): Promise<Done<Validation>> {
    const validation = await this.validator.validate({ data, schema }, context.signal);
    if (failOnInvalid && !validation.valid) throw dataInvalid(validation);
    return done(validation);
  }
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
