import type { Step } from '../lib/step.js';

const type = (at: string): Pick<Step, 'varies' | 'schemas'> => ({
  varies: { [`${at}/description`]: 'text', [`${at}/examples`]: 'list', [`${at}/history`]: 'anything' },
  schemas: { [`${at}/parametersSchema`]: 'request', [`${at}/resultSchema`]: 'response' },
});

/** The task types: more may come, and what is said of them may be worded otherwise. */
export const catalogue: readonly Step[] = [
  {
    name: 'the task types are listed with their schemas',
    request: 'GET /api/v1/task-types',
    open: { '/body/items': 'name' },
    ...type('/body/items/*'),
  },
  { name: 'a task type is shown', request: 'GET /api/v1/task-types/text.render', ...type('/body') },
  {
    name: 'a task type that does not exist is answered with those that do',
    request: 'GET /api/v1/task-types/no.such',
  },
];
