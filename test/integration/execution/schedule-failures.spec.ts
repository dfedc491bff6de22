import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { RunInputs } from '../../../src/execution/run-inputs.service.js';
import { RunStarts } from '../../../src/execution/run-starts.service.js';
import { WorkflowChangesService } from '../../../src/workflows/workflow-changes.service.js';
import { NOOP, nine, ScheduleTest, soonAfter } from '../../support/schedule-test.js';

let test: ScheduleTest;
beforeAll(async () => {
  test = await ScheduleTest.start();
});
afterAll(() => test.close());

describe('a fire that cannot start a run', () => {
  const patch = (path: string, body: object) => test.engine.test.http('PATCH', `/api/v1${path}`, body);

  /** Fires yesterday's 09:00; answers the error that is shown. */
  async function refused(id: string): Promise<unknown> {
    const at = nine(1);
    expect(await test.fireAt(id, at)).toBeNull();
    expect(await test.runsOf(id)).toEqual([]);
    const { lastError, ...shown } = await test.show(id);
    expect(shown).toMatchObject({
      lastFireAt: at.toISOString(),
      nextFireAt: nine(0).toISOString(),
      lastRunId: null,
    });
    expect(lastError.at).toBe(soonAfter(at).toISOString());
    return lastError;
  }

  it('is recorded, and the next one that can goes on as if nothing had been', async () => {
    const workflow = await test.engine.workflow(NOOP);
    const id = await test.scheduleOf(workflow);
    await patch(`/workflows/${workflow}`, { status: 'archived' });
    expect(await refused(id)).toMatchObject({
      code: 'workflow_archived',
      message: expect.stringContaining('is archived'),
    });
    await patch(`/workflows/${workflow}`, { status: 'active' });
    const at = nine(0);
    const runId = await test.fireAt(id, at);
    expect(await test.show(id)).toMatchObject({ lastRunId: runId, lastError: null });
  });

  it('says so without a definition', async () => {
    const { body } = await test.engine.post('/workflows', {
      name: 'empty',
      ownerAgentId: test.engine.agentId,
    });
    expect(await refused(await test.scheduleOf(body.id as string))).toMatchObject({
      code: 'definition_missing',
    });
  });

  it('says so without a capable agent', async () => {
    const agent = await test.engine.post('/agents', { name: 'specialist', capabilities: ['test.noop'] });
    const definition = { tasks: NOOP.map((task) => ({ ...task, parameters: {}, dependencies: [] })) };
    const fields = { name: 'special', ownerAgentId: agent.body.id, definition };
    const id = await test.scheduleOf((await test.engine.post('/workflows', fields)).body.id as string);
    await patch(`/agents/${agent.body.id}`, { status: 'paused' });
    expect(await refused(id)).toMatchObject({
      code: 'not_startable',
      message: '/tasks/0: No active agent of the owner can execute test.noop (task a).',
    });
  });

  it('says what of its input does not fit', async () => {
    const inputSchema = { type: 'object', required: ['name'], properties: { name: { type: 'string' } } };
    const workflow = await test.engine.workflow(NOOP, { inputSchema });
    expect(await refused(await test.scheduleOf(workflow, { input: { name: 7 } }))).toMatchObject({
      code: 'invalid_input',
      message: expect.stringMatching(/^\/input\/name: /),
    });
    const id = await test.scheduleOf(workflow, { input: { name: 'Ada' } });
    await test.fireAt(id, nine(1));
    expect(await test.runsOf(id)).toMatchObject([{ input: { name: 'Ada' } }]);
  });

  it('by a fault of Tandem says no more than that', async () => {
    const id = await test.schedule();
    const starts = test.engine.test.app.get(RunStarts);
    const { startLocked } = starts;
    starts.startLocked = () => Promise.reject(new Error('secret-detail'));
    try {
      expect(await refused(id)).toMatchObject({
        code: 'internal_error',
        message: expect.not.stringContaining('secret'),
      });
    } finally {
      starts.startLocked = startLocked;
    }
  });

  it('because the database is away is not recorded: it comes again', async () => {
    const id = await test.schedule();
    const starts = test.engine.test.app.get(RunStarts);
    const { startLocked } = starts;
    const at = nine(1);
    const found = await test.due(id, at);
    starts.startLocked = () => Promise.reject(Object.assign(new Error('gone'), { code: 'ECONNREFUSED' }));
    try {
      await expect(test.fire(found, soonAfter(at))).rejects.toThrow('gone');
    } finally {
      starts.startLocked = startLocked;
    }
    expect(await test.show(id)).toMatchObject({ nextFireAt: at.toISOString(), lastError: null });
  });
});

describe('the input of a schedule', () => {
  it('is checked outside of a transaction, and again when the definition changes meanwhile', async () => {
    const tasks = NOOP.map((task) => ({ ...task, parameters: {}, dependencies: [] }));
    const workflow = await test.engine.workflow(NOOP, { inputSchema: { type: 'object' } });
    const id = await test.scheduleOf(workflow, { input: {} });
    const inputs = test.engine.test.app.get(RunInputs);
    const { check } = inputs;
    const seen: unknown[] = [];
    inputs.check = async (schema, input) => {
      const [open] = await test.database.query<{ count: number }>(
        `select count(*)::int as count from pg_stat_activity
         where datname = current_database() and state like 'idle in transaction%'`,
      );
      seen.push([schema['type'], open?.count]);
      const definition = { tasks, inputSchema: { type: ['object', 'null'] } };
      await test.other.app.get(WorkflowChangesService).putDefinition(workflow, definition, undefined);
      return check.call(inputs, schema, input);
    };
    try {
      const runId = await test.fireAt(id, nine(1));
      expect(await test.runsOf(id)).toMatchObject([{ id: runId }]);
    } finally {
      inputs.check = check;
    }
    expect(seen).toEqual([
      ['object', 0],
      [['object', 'null'], 0],
    ]);
  });
});
