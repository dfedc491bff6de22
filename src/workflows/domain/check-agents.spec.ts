import { describe, expect, it } from '@jest/globals';
import { aTask, aTaskType, aValidationContext, brief } from '../../../test/factories/definition.factory.js';
import type { Issue } from '../../common/issue.js';
import { validateDefinition } from './validate-definition.js';

const AGENT = '018f4b6e-0000-7000-8000-000000000001';
const OTHER = '018f4b6e-0000-7000-8000-000000000002';
const context = aValidationContext();

const issuesOf = (value: unknown, inContext = context): readonly Issue[] =>
  validateDefinition(value, inContext).issues;
const briefOf = (value: unknown, inContext = context): string[] => brief(issuesOf(value, inContext));

describe('agents', () => {
  const agent = (id: string, capability: string, status = 'active') => ({
    id,
    capabilities: [capability],
    status,
  });
  const check = (task: object, ...agents: ReturnType<typeof agent>[]) =>
    issuesOf({ tasks: [{ ...aTask(), ...task }] }, aValidationContext([aTaskType()], { agents }));

  it('are needed: one active whose capabilities cover the type', () => {
    expect(check({}, agent(AGENT, 'test.*'))).toEqual([]);
    expect(brief(check({}, agent(AGENT, 'file.*')))).toEqual(['no_capable_agent /tasks/0/taskType']);
    expect(brief(check({}, agent(AGENT, '*', 'paused')))).toEqual(['no_capable_agent /tasks/0/taskType']);
    expect(brief(check({}))).toEqual(['no_capable_agent /tasks/0/taskType']);
  });

  it('that are named must be at hand, active and capable themselves', () => {
    const named = (...agents: ReturnType<typeof agent>[]) => check({ agentId: AGENT }, ...agents);
    expect(named(agent(AGENT, '*'))).toEqual([]);
    const refusals = [
      { agents: [], reason: 'neither the owner nor an agent below it' },
      { agents: [agent(AGENT, '*', 'paused')], reason: 'is paused, not active' },
      { agents: [agent(AGENT, 'file.*')], reason: 'no capability that covers "test.any"' },
    ];
    for (const { agents, reason } of refusals) {
      const issues = named(...agents, agent(OTHER, '*'));
      expect(brief(issues)).toEqual(['no_capable_agent /tasks/0/agentId']);
      expect(issues[0]?.message).toContain(reason);
      expect(issues[0]?.allowed).toEqual([OTHER]);
    }
  });

  describe('of a task with alternatives and a compensation', () => {
    const works = {
      alternatives: [{ taskType: 'file.read', parameters: {} }],
      compensation: { taskType: 'http.request', parameters: {} },
    };
    const types = ['test.any', 'file.read', 'http.request'].map((name) => aTaskType({ name }));
    const able = (id: string, ...capabilities: string[]) => ({ id, capabilities, status: 'active' });
    const checkWorks = (task: object, ...agents: ReturnType<typeof able>[]) =>
      issuesOf({ tasks: [{ ...aTask(), ...works, ...task }] }, aValidationContext(types, { agents }));

    it('are needed: one that covers all of them', () => {
      expect(checkWorks({}, able(AGENT, 'test.any', 'file.*', 'http.request'))).toEqual([]);
      const issues = checkWorks({}, able(AGENT, 'test.*', 'file.*'), able(OTHER, 'file.*', 'http.*'));
      expect(brief(issues)).toEqual(['no_capable_agent /tasks/0/compensation/taskType']);
      expect(issues[0]?.message).toContain('all of "test.any", "file.read", "http.request"');
    });

    it('are missed at every type that nobody covers, and where those of the others part', () => {
      expect(brief(checkWorks({}, able(AGENT, 'test.*')))).toEqual([
        'no_capable_agent /tasks/0/alternatives/0/taskType',
        'no_capable_agent /tasks/0/compensation/taskType',
      ]);
      expect(brief(checkWorks({}, able(AGENT, 'test.*'), able(OTHER, 'http.*')))).toEqual([
        'no_capable_agent /tasks/0/alternatives/0/taskType',
        'no_capable_agent /tasks/0/compensation/taskType',
      ]);
    });

    it('are looked for among the types that exist', () => {
      const task = { compensation: { taskType: 'test.none' } };
      expect(brief(checkWorks(task, able(AGENT, 'test.*')))).toEqual([
        'unknown_task_type /tasks/0/compensation/taskType',
        'no_capable_agent /tasks/0/alternatives/0/taskType',
      ]);
      expect(brief(checkWorks({ taskType: 'test.none' }, able(AGENT, 'file.*')))).toEqual([
        'unknown_task_type /tasks/0/taskType',
        'no_capable_agent /tasks/0/compensation/taskType',
      ]);
    });

    it('that are named cover all of them themselves; those that do are proposed', () => {
      const named = { agentId: AGENT };
      expect(checkWorks(named, able(AGENT, '*'))).toEqual([]);
      const [issue] = checkWorks(named, able(AGENT, 'test.*'), able(OTHER, '*'));
      expect(issue).toMatchObject({
        code: 'no_capable_agent',
        pointer: '/tasks/0/agentId',
        allowed: [OTHER],
      });
      expect(issue?.message).toContain('no capability that covers "file.read", "http.request"');
    });
  });

  it('are not checked when the owner is not known', () => {
    expect(briefOf({ tasks: [aTask({ agentId: AGENT })] })).toEqual([]);
  });
});
