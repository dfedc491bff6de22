import { z } from 'zod';
import { definitionSchema } from './domain/definition.js';

/** A definition that runs as it is, with or without an input. */
export const EXAMPLE_DEFINITION = {
  tasks: [
    {
      taskId: 'greet',
      taskType: 'text.render',
      parameters: {
        template: 'Hello, {{ name }}!',
        data: { name: '{{ run.input.name ?? "world" }}' },
      },
      dependencies: [],
      estimatedDurationSeconds: 0.1,
    },
    {
      taskId: 'save',
      taskType: 'file.write',
      parameters: { path: 'greeting.txt', content: '{{ tasks.greet.result.text }}' },
      dependencies: ['greet'],
    },
  ],
};

/** Shown as a definition but lets any JSON pass as it is: the check with all issues and their codes comes later. */
function letPass(shown: z.ZodType): z.ZodType<unknown> {
  shown._zod.run = (payload) => payload;
  return shown;
}

/** A definition as a client sends it; `validateDefinition` checks it, not this schema. */
export const uncheckedDefinitionSchema = letPass(
  definitionSchema.meta({ description: 'The task graph.', example: EXAMPLE_DEFINITION }),
);
