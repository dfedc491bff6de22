import type { JsonObject } from '../../../../src/common/json.js';

/** An id that nothing has. */
export const NOBODY = '01920000-0000-7000-8000-00000000dead';

/** Two tasks, one after the other, that use what the run is given. */
export const GREETING: JsonObject = {
  inputSchema: { type: 'object', required: ['name'], properties: { name: { type: 'string' } } },
  tasks: [
    {
      taskId: 'greet',
      taskType: 'text.render',
      description: 'Says hello.',
      parameters: { template: 'Hello, {{ name }}!', data: { name: '{{ run.input.name }}' } },
      dependencies: [],
      estimatedDurationSeconds: 2,
    },
    {
      taskId: 'count',
      taskType: 'data.transform',
      parameters: {
        input: { text: '{{ tasks.greet.result.text }}' },
        expression: '{"letters": $length(text)}',
      },
      dependencies: ['greet'],
      estimatedDurationSeconds: 3,
      priority: 5,
    },
  ],
};

/** Asks a person, then goes on. */
export const APPROVAL: JsonObject = {
  tasks: [
    {
      taskId: 'ask',
      taskType: 'human.approval',
      parameters: { question: 'Go on?', details: { amountEur: 1200 } },
      dependencies: [],
    },
    {
      taskId: 'after',
      taskType: 'text.render',
      parameters: { template: 'by {{ by }}', data: { by: '{{ tasks.ask.result.by }}' } },
      dependencies: ['ask'],
    },
  ],
};

/** One task is skipped, one fails without harm, one that is needed fails for good. */
export const FAILING: JsonObject = {
  tasks: [
    {
      taskId: 'first',
      taskType: 'text.render',
      parameters: { template: 'kept' },
      dependencies: [],
    },
    {
      taskId: 'never',
      taskType: 'text.render',
      parameters: { template: 'x' },
      dependencies: ['first'],
      when: { value: '{{ tasks.first.result.text }}', equals: 'thrown away' },
    },
    {
      taskId: 'extra',
      taskType: 'file.read',
      parameters: { path: 'not-there.txt' },
      dependencies: ['never'],
      optional: true,
    },
    {
      taskId: 'check',
      taskType: 'data.validate',
      parameters: {
        data: { n: 'one' },
        schema: { properties: { n: { type: 'integer' } } },
        failOnInvalid: true,
      },
      dependencies: ['extra'],
    },
    {
      taskId: 'last',
      taskType: 'text.render',
      parameters: { template: 'not reached' },
      dependencies: ['check'],
    },
  ],
};
