import { z } from 'zod';
import type { Issue } from '../../common/issue.js';
import type { JsonObject } from '../../common/json.js';
import { TaskError } from '../../tasks/domain/task-error.js';
import { done, type Done } from '../../tasks/domain/task-outcome.js';
import type { Availability, TaskContext, TaskHandler } from '../../tasks/domain/task-type.js';
import { TaskType } from '../../tasks/task-type.decorator.js';
import { portableSchemaIssues } from '../domain/portable-schema.js';
import { readJson } from '../domain/read-json.js';
import { readBySchema } from './read-by-schema.js';
import { promptParameters, promptUse } from './llm-generate.task.js';
import { ModelTasks } from './model-task.js';

const parameters = z.strictObject({
  ...promptParameters,
  schema: z.record(z.string(), z.unknown()).meta({
    description:
      'JSON Schema of the value. An object whose fields are all required and which is closed (`additionalProperties: false`), at every level; no maps, tuples, patterns or references.',
    'x-literal': true,
  }),
});
type Parameters = z.output<typeof parameters>;
const result = z.strictObject({ value: z.unknown() });
type Result = z.output<typeof result>;

/** What keeps a schema from being sent, with pointers below the parameter. */
const schemaIssues = (schema: Parameters['schema']): readonly Issue[] =>
  portableSchemaIssues(schema as JsonObject);

@TaskType<Parameters, Result>({
  name: 'llm.extract',
  description:
    'Asks a language model for a value of a JSON Schema, within the budgets. Needs a configured provider of models.',
  parameters: parameters as z.ZodType<Parameters>,
  result,
  effects: () => 'none',
  modelUse: (given) => promptUse(given, true),
  check: { schema: schemaIssues },
  defaultTimeoutSeconds: 120,
  examples: [
    {
      title: 'Name and amount out of a sentence',
      parameters: {
        prompt: 'Extract the customer and the amount: "Ada Lovelace ordered for 12.50 euros."',
        schema: {
          type: 'object',
          additionalProperties: false,
          required: ['customer', 'amount'],
          properties: { customer: { type: 'string' }, amount: { type: 'number' } },
        },
        maxOutputTokens: 300,
      },
    },
  ],
})
export class LlmExtractTask implements TaskHandler<Parameters, Result> {
  constructor(private readonly models: ModelTasks) {}

  availability(): Availability {
    return this.models.availability();
  }

  async execute(
    { prompt, system, model, schema, maxOutputTokens, temperature }: Parameters,
    context: TaskContext,
  ): Promise<Done<Result>> {
    const [issue] = schemaIssues(schema);
    if (issue !== undefined)
      throw new TaskError({
        ...{ code: 'invalid_parameters', class: 'invalid_input', effect: 'none' },
        message: `/schema${issue.pointer}: ${issue.message}`,
      });
    const { answer } = await this.models.ask(
      {
        ...{ interactionType: 'llm.extract', prompt, model, system: system ?? null, maxOutputTokens },
        ...(temperature === undefined ? {} : { temperature }),
        output: { name: 'value', schema: schema as JsonObject },
        read: (text) => readBySchema(readJson(text), schema as JsonObject),
      },
      context,
    );
    return done({ value: answer });
  }
}
