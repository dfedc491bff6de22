import type { Step } from '../lib/step.js';
import { FAILING, GREETING, NOBODY } from './examples.js';

const varies = {
  '/body/quote/durationSeconds/p50': 'number',
  '/body/quote/durationSeconds/p95': 'number',
} as const;

/** Checking graphs without storing them. */
export const definitions: readonly Step[] = [
  {
    name: 'a valid definition is quoted',
    request: 'POST /api/v1/definitions/validate?ownerAgentId={team.id}',
    body: GREETING,
    varies,
  },
  {
    name: 'a definition is checked without an owner',
    request: 'POST /api/v1/definitions/validate',
    body: FAILING,
    varies: { ...varies, '/body/quote/criticalPathSeconds': 'number', '/body/quote/serialSeconds': 'number' },
  },
  {
    name: 'a task without a fit agent is an issue',
    request: 'POST /api/v1/definitions/validate?ownerAgentId={writer.id}',
    body: {
      tasks: [{ taskId: 'a', taskType: 'file.read', parameters: { path: 'x' }, estimatedDurationSeconds: 1 }],
    },
    varies,
  },
  {
    name: 'all issues of a broken graph are listed at once',
    request: 'POST /api/v1/definitions/validate',
    body: {
      tasks: [
        { taskId: 'a', taskType: 'text.render', parameters: { template: 'x' }, dependencies: ['b'] },
        { taskId: 'b', taskType: 'text.render', parameters: { template: 'x' }, dependencies: ['a'] },
        { taskId: 'self', taskType: 'text.render', parameters: { template: 7 }, dependencies: ['self'] },
        { taskId: 'a', taskType: 'text.rendr', parameters: {}, dependencies: ['nowhere'] },
        { taskId: 'Not valid', taskType: 'text.render', parameters: { template: 'x', colour: 'red' } },
        {
          taskId: 'refers',
          taskType: 'text.render',
          parameters: {
            template: 'x',
            data: ['{{ tasks.a.result.text }}', '{{ tasks.gone.result }}', '{{ oh no }}'],
          },
          colour: 'red',
        },
      ],
      output: { text: '{{ tasks.gone.result.text }}' },
      colour: 'red',
    },
  },
  { name: 'anything may be checked', request: 'POST /api/v1/definitions/validate', body: ['no definition'] },
  {
    name: 'a definition that is not JSON is malformed',
    request: 'POST /api/v1/definitions/validate',
    body: '{',
  },
  {
    name: 'the owner of a checked definition has to be an id',
    request: 'POST /api/v1/definitions/validate?ownerAgentId=me&colour=red',
    body: GREETING,
  },
  {
    name: 'the owner of a checked definition has to exist',
    request: `POST /api/v1/definitions/validate?ownerAgentId=${NOBODY}`,
    body: GREETING,
  },
];
