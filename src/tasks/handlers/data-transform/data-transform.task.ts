import { z } from 'zod';
import type { TaskContext, TaskHandler } from '../../domain/task-type.js';
import { done, type Done } from '../../domain/task-outcome.js';
import { sandboxJob } from '../../sandbox/sandbox-job.js';
import { Sandbox } from '../../sandbox/sandbox.js';
import { TaskType } from '../../task-type.decorator.js';
import { checkExpression } from './check-expression.js';
import type { TransformInput } from './transform.job.js';

const parameters = z.strictObject({
  input: z.unknown().meta({ description: 'The data the expression starts from (`$`), usually a reference.' }),
  expression: z.string().min(1).max(100_000).meta({
    description:
      'A JSONata expression (https://docs.jsonata.org). Never interpolated: data reaches it through `input`.',
    'x-literal': true,
  }),
});

const result = z.strictObject({
  value: z.unknown().meta({ description: 'What the expression yields; null when it yields nothing.' }),
});

const JOB = sandboxJob<TransformInput, unknown>(import.meta.url, 'transform.job');

@TaskType({
  name: 'data.transform',
  description:
    'Reshapes, filters, joins or computes JSON data with a JSONata expression. ' +
    'Runs apart from the engine for at most 5 seconds and 128 MB.',
  parameters,
  result,
  effects: () => 'none',
  check: { expression: checkExpression },
  examples: [
    {
      title: 'Names of the lines above a price, and their sum',
      parameters: {
        input: {
          lines: [
            { name: 'pen', price: 2 },
            { name: 'desk', price: 180 },
            { name: 'lamp', price: 45 },
          ],
        },
        expression: '{ "names": lines[price > 10].name, "sum": $sum(lines[price > 10].price) }',
      },
    },
  ],
})
export class DataTransformTask implements TaskHandler<z.output<typeof parameters>, z.output<typeof result>> {
  constructor(private readonly sandbox: Sandbox) {}

  async execute(
    { input, expression }: z.output<typeof parameters>,
    context: TaskContext,
  ): Promise<Done<z.output<typeof result>>> {
    return done({ value: await this.sandbox.run(JOB, { input, expression }, { signal: context.signal }) });
  }
}
