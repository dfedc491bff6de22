import { beforeEach, describe, expect, it } from '@jest/globals';
import { FixedPorts } from '../../test/doubles/fixed-ports.js';
import { InMemoryAgentsStore } from '../../test/doubles/in-memory-agents.store.js';
import { fewTaskTypes } from '../../test/doubles/task-types.js';
import { anAgent } from '../../test/factories/agent.factory.js';
import { aDefinition } from '../../test/factories/workflow.factory.js';
import { AgentsService } from '../agents/agents.service.js';
import { newId } from '../common/ids.js';
import { TASK_HISTORY } from '../tasks/task-history.port.js';
import { DefinitionChecker } from './definition-checker.service.js';
import { MODEL_COST_ESTIMATOR } from './model-cost-estimator.port.js';

const owner = anAgent({ capabilities: ['mail.*'] });
const waiter = anAgent({ parentAgentId: owner.id, capabilities: ['timer.wait'] });
const lonely = anAgent({ capabilities: ['mail.*'] });

const TWO_TASKS = {
  tasks: [
    { taskId: 'wait', taskType: 'timer.wait', parameters: { seconds: 1 } },
    { taskId: 'send', taskType: 'mail.send', parameters: { to: 'a@b.test' }, dependencies: ['wait'] },
  ],
};

describe('DefinitionChecker', () => {
  let ports: FixedPorts;
  let checker: DefinitionChecker;
  beforeEach(() => {
    ports = new FixedPorts();
    const agents = new AgentsService(new InMemoryAgentsStore([owner, waiter, lonely]), ports);
    checker = new DefinitionChecker(agents, fewTaskTypes(), ports);
  });

  it('answers a valid definition typed, with its quote', async () => {
    const check = await checker.check(TWO_TASKS, owner.id);
    expect(check).toMatchObject({ valid: true, issues: [] });
    expect(check.definition?.tasks.map((task) => task.dependencies)).toEqual([[], ['wait']]);
    expect(check.quote).toMatchObject({
      tasks: 2,
      depth: 2,
      criticalPathSeconds: 2,
      effects: ['none', 'irreversible'],
      cost: { maximumUsd: '0.000000000', assistanceLimitUsd: '0.000000000' },
    });
  });

  it('quotes by the history of the types and the cost of models, each asked for once', async () => {
    const asked: unknown[] = [];
    ports.with(TASK_HISTORY, {
      summarise: (types) => {
        asked.push(types);
        const history = { count: 9, p50Seconds: 4, p95Seconds: 6, failureRate: 0 };
        return Promise.resolve(new Map([['timer.wait', history]]));
      },
    });
    ports.with(MODEL_COST_ESTIMATOR, {
      estimate: (definition) => {
        asked.push(definition.tasks.length);
        return Promise.resolve({ maximumUsd: '0.500000000', assistanceLimitUsd: '0.100000000' });
      },
    });
    const { quote } = await checker.check(TWO_TASKS);
    expect(quote).toMatchObject({
      criticalPathSeconds: 5,
      durationSeconds: { p50: 5, p95: 7 },
      cost: { maximumUsd: '0.500000000', assistanceLimitUsd: '0.100000000' },
    });
    expect(asked).toEqual([['timer.wait', 'mail.send'], 2]);
  });

  it('checks capability in the subtree of the owner', async () => {
    const { valid, issues } = await checker.check(TWO_TASKS, lonely.id);
    expect([valid, issues.map((issue) => issue.code)]).toEqual([false, ['no_capable_agent']]);
  });

  it('checks no capability without an owner', async () => {
    expect((await checker.check(TWO_TASKS)).valid).toBe(true);
  });

  it('proposes the known types for an unknown one', async () => {
    const { issues } = await checker.check({ tasks: [{ taskId: 'a', taskType: 'timer.wiat' }] });
    expect(issues).toMatchObject([
      { code: 'unknown_task_type', allowed: expect.arrayContaining(['timer.wait']) },
    ]);
  });

  it.each([[null], [7], ['x'], [[]], [{}], [undefined]])(
    'finds %j invalid and quotes nothing',
    async (value) => {
      expect(await checker.check(value)).toMatchObject({ valid: false, definition: null, quote: null });
    },
  );

  it('refuses an unknown owner', async () => {
    await expect(checker.check(TWO_TASKS, newId())).rejects.toMatchObject({
      code: 'unknown_agent',
      issues: [{ pointer: '/ownerAgentId' }],
    });
  });

  it('requires a valid definition, with issues where it stands in the request', async () => {
    expect(await checker.require(aDefinition(), owner.id, '')).toEqual(aDefinition());
    const invalid = { tasks: [{ taskId: 'a', taskType: 'x.y' }], more: 1 };
    await expect(checker.require(invalid, owner.id, '/definition')).rejects.toMatchObject({
      code: 'invalid_definition',
      kind: 'invalid',
      issues: expect.arrayContaining([
        expect.objectContaining({ code: 'unknown_task_type', pointer: '/definition/tasks/0/taskType' }),
        expect.objectContaining({ code: 'unknown_field', pointer: '/definition/more' }),
      ]),
    });
  });
});
