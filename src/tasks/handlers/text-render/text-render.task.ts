import { z } from 'zod';
import { done, type Done } from '../../domain/task-outcome.js';
import type { TaskContext, TaskHandler } from '../../domain/task-type.js';
import { sandboxJob } from '../../sandbox/sandbox-job.js';
import { Sandbox } from '../../sandbox/sandbox.js';
import { TaskType } from '../../task-type.decorator.js';
import { LISTING } from './listing.js';
import { checkTemplate } from './check-template.js';
import type { RenderInput } from './render.job.js';

const parameters = z.strictObject({
  template: z
    .string()
    .max(1_000_000)
    .meta({
      description:
        'A Liquid template (https://liquidjs.com). A variable that `data` does not have fails the task, except in ' +
        '`if` and with `default`. Never interpolated by the definition: data reaches it through `data`.',
      'x-literal': true,
    }),
  data: z
    .record(z.string(), z.unknown())
    .default({})
    .meta({ description: 'The variables of the template, by name. Values may be references.' }),
});

const result = z.strictObject({ text: z.string().meta({ description: 'The rendered text.' }) });

const JOB = sandboxJob<RenderInput, string>(import.meta.url, 'render.job');

@TaskType({
  name: 'text.render',
  description:
    'Renders text from a Liquid template and data. Templates cannot include files. ' +
    'Runs apart from the engine for at most 5 s.',
  parameters,
  result,
  effects: () => 'none',
  check: { template: checkTemplate },
  planning: {
    synonyms: ['report', 'format', 'write up', 'lists', 'prepare', 'create', 'generate'],
    verbRequired: true,
    parameters: { template: { value: LISTING }, data: { as: 'items' } },
    yields: [{ field: 'text' }],
  },
  examples: [
    {
      title: 'A greeting with a list',
      parameters: {
        template:
          'Dear {{ name }},\n{% for item in items %}- {{ item.title }}: {{ item.count }}\n{% endfor %}',
        data: {
          name: 'Ada',
          items: [
            { title: 'open orders', count: 3 },
            { title: 'returns', count: 0 },
          ],
        },
      },
    },
  ],
})
export class TextRenderTask implements TaskHandler<z.output<typeof parameters>, z.output<typeof result>> {
  constructor(private readonly sandbox: Sandbox) {}

  async execute(
    { template, data }: z.output<typeof parameters>,
    context: TaskContext,
  ): Promise<Done<z.output<typeof result>>> {
    return done({ text: await this.sandbox.run(JOB, { template, data }, { signal: context.signal }) });
  }
}
