import { describe, expect, it } from '@jest/globals';
import { aTask } from '../../../test/factories/definition.factory.js';
import { A_QUOTE } from '../../../test/factories/plan.factory.js';
import { checkConstraints } from './check-constraints.js';
import type { TaskDefinition } from './definition.js';
import type { PlanConstraints } from './plan-constraints.js';
import type { Quote } from './quote.js';

const AGENT = '018f3b7e-0000-7000-8000-000000000001';
const check = (constraints: PlanConstraints, tasks: readonly TaskDefinition[], quote: Quote | null = null) =>
  checkConstraints({ tasks }, constraints, quote);
const calls = (parameters: TaskDefinition['parameters']) => [aTask({ taskType: 'http.request', parameters })];

describe('checkConstraints', () => {
  it('finds nothing where nothing is constrained', () => {
    expect(check({}, calls({ url: 'https://anywhere.test/{{ run.input.path }}' }), A_QUOTE)).toEqual([]);
  });

  it('counts tasks', () => {
    const tasks = [aTask({ taskId: 'a' }), aTask({ taskId: 'b' })];
    expect(check({ maxTasks: 2 }, tasks)).toEqual([]);
    expect(check({ maxTasks: 1 }, tasks)).toEqual([
      {
        code: 'too_many_tasks',
        pointer: '/constraints/maxTasks',
        message: 'The plan has 2 tasks, more than 1.',
      },
    ]);
  });

  it('looks at the types of tasks, alternatives and compensations', () => {
    const work = { taskType: 'file.write', parameters: {} };
    const task = aTask({ taskType: 'http.request', alternatives: [work], compensation: work });
    const taskTypes = ['http.*', 'timer.wait'];
    expect(check({ taskTypes }, [task])).toEqual(
      ['/tasks/0/alternatives/0/taskType', '/tasks/0/compensation/taskType'].map((pointer) => ({
        ...{ code: 'task_type_not_allowed', pointer, allowed: taskTypes },
        message: '"file.write" is not among the task types the constraints allow.',
      })),
    );
    expect(check({ taskTypes: ['*'] }, [task])).toEqual([]);
  });

  it('wants every task to name an agent that is allowed', () => {
    const tasks = [aTask({ agentId: AGENT }), aTask({ agentId: 'another' }), aTask()];
    expect(check({ agentIds: [AGENT] }, tasks)).toEqual([
      {
        ...{ code: 'agent_not_allowed', pointer: '/tasks/1/agentId', allowed: [AGENT] },
        message: 'The agent "another" is not among those the constraints allow.',
      },
      {
        ...{ code: 'agent_not_allowed', pointer: '/tasks/2/agentId', allowed: [AGENT] },
        message: 'The constraints name agents, so every task has to name one of them.',
      },
    ]);
  });

  it.each([
    'https://api.example.com/a',
    'HTTPS://API.EXAMPLE.COM:8443/a?b={{ run.input }}',
    'https://deep.in.internal.test/',
  ])('lets %s pass', (url) => {
    expect(check({ hosts: ['Api.Example.com', '*.internal.test'] }, calls({ url }))).toEqual([]);
  });

  it.each([
    ['https://evil.test/', 'The host "evil.test"'],
    ['https://internal.test/', 'The host "internal.test"'],
    ['https://api.example.com.evil.test/', 'The host "api.example.com.evil.test"'],
    ['https://api.example.com@evil.test/', 'The host "evil.test"'],
    ['https://notinternal.test/', 'The host "notinternal.test"'],
    ['https://{{ run.input.host }}/', 'An address that is known only at run time'],
    ['{{ run.input.url }}', 'An address that is known only at run time'],
    ['//evil.test/', 'An address that is known only at run time'],
  ])('refuses %s', (url, what) => {
    const hosts = ['api.example.com', '*.internal.test'];
    expect(check({ hosts }, calls({ url }))).toEqual([
      {
        ...{ code: 'host_not_allowed', pointer: '/tasks/0/parameters/url', allowed: hosts },
        message: `${what} is not among those the constraints allow.`,
      },
    ]);
  });

  it('finds addresses wherever they are', () => {
    const parameters = { 'a/b': [{ webhook: 'x' }, 'ftp://evil.test'], text: 'see evil.test' };
    const work = { taskType: 'http.request', parameters: { urls: ['https://evil.test'] } };
    const found = check({ hosts: [] }, [aTask({ parameters, alternatives: [work] })]);
    expect(found.map(({ pointer }) => pointer)).toEqual([
      '/tasks/0/parameters/a~1b/0/webhook',
      '/tasks/0/parameters/a~1b/1',
      '/tasks/0/alternatives/0/parameters/urls/0',
    ]);
  });

  it('compares the quote with deadline and budget', () => {
    const cost = { maximumUsd: '0.500000001', assistanceLimitUsd: '0.000000000' };
    const quote = { ...A_QUOTE, criticalPath: ['a', 'b'], criticalPathSeconds: 90, cost };
    expect(check({ deadlineSeconds: 90, budgetUsd: '0.500000001' }, [], quote)).toEqual([]);
    expect(check({ deadlineSeconds: 89.5, budgetUsd: '0.5' }, [], quote)).toEqual([
      {
        ...{ code: 'deadline_too_short', pointer: '/constraints/deadlineSeconds' },
        message: 'The longest path takes 90 s, more than 89.5 s: a → b.',
      },
      {
        ...{ code: 'over_budget', pointer: '/constraints/budgetUsd' },
        message: 'Its model tasks may cost 0.500000001 USD, more than 0.5 USD.',
      },
    ]);
  });
});
