import { describe, expect, it } from '@jest/globals';
import { aDefinition, aTask } from '../../../test/factories/definition.factory.js';
import { assignAgents, typesToRoute } from './assign-agents.js';

const work = (taskType: string) => ({ taskType, parameters: {} });
const agent = (id: string, ...capabilities: string[]) => ({ id, capabilities, status: 'active' });
const of = (...tasks: Parameters<typeof aTask>[0][]) =>
  aDefinition({ tasks: tasks.map((task, at) => aTask({ taskId: `t${at}`, ...task })) });

const plain = of({}, {}, { taskType: 'test.other' });
const rich = of(
  {},
  { alternatives: [work('b.b'), work('a.a')] },
  { alternatives: [work('a.a')], compensation: work('b.b') },
);

describe('agents to be routed', () => {
  it('are asked for once for each type', () => {
    expect([...typesToRoute(plain).values()]).toEqual([['test.any'], ['test.other']]);
  });

  it('are asked for once for each set of types', () => {
    expect([...typesToRoute(rich).values()]).toEqual([['test.any'], ['test.any', 'a.a', 'b.b']]);
  });

  it('are not asked for where one is named', () => {
    expect(typesToRoute(of({ agentId: 'x' })).size).toBe(0);
  });
});

describe('agents assigned', () => {
  const routed = (definition: typeof plain, ...agentIds: (string | null)[]) =>
    new Map([...typesToRoute(definition).keys()].map((key, at) => [key, agentIds[at] ?? null]));

  it('are those routed for the types of each task', () => {
    expect(assignAgents(plain, [], routed(plain, 'x', 'y'))).toEqual({ agentIds: ['x', 'x', 'y'] });
    expect(assignAgents(rich, [], routed(rich, 'x', 'y'))).toEqual({ agentIds: ['x', 'y', 'y'] });
  });

  it('are missing where nobody covers all types, which are named', () => {
    expect(assignAgents(rich, [], routed(rich, 'x'))).toEqual({
      issues: [
        {
          code: 'no_capable_agent',
          pointer: '/tasks/1',
          message: 'No active agent of the owner can execute test.any, a.a, b.b (task t1).',
        },
        expect.objectContaining({ pointer: '/tasks/2' }),
      ],
    });
  });

  it('are those named, as long as they cover all types of their task', () => {
    const named = of({ agentId: 'x', alternatives: [work('a.a')], compensation: work('b.b') });
    const assign = (...capabilities: string[]) =>
      assignAgents(named, [agent('x', ...capabilities)], new Map());
    expect(assign('test.*', 'a.*', 'b.b')).toEqual({ agentIds: ['x'] });
    expect(assign('test.*')).toMatchObject({
      issues: [
        { pointer: '/tasks/0/agentId', message: expect.stringContaining('no capability for a.a, b.b') },
      ],
    });
  });
});
