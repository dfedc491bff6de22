import { describe, expect, it } from '@jest/globals';
import { EngineStore, type RunCheckpoint } from '../../../src/execution/engine-store.port.js';
import { useEngine } from '../../support/use-engine.js';

// Executes and sends nothing: the rows stay as the checkpoint wrote them.
const engine = useEngine({ bendsRules: true, config: { role: 'api' } });

const NOOP = [{ taskId: 'a', taskType: 'test.noop' }];

function ending(runId: string, more: Partial<RunCheckpoint> = {}): RunCheckpoint {
  return {
    runId,
    epoch: '0',
    eventCount: 2,
    tasks: [],
    addedTasks: [],
    isReassigned: false,
    definitions: new Map(),
    proposals: [],
    status: null,
    events: [{ sequence: 2, type: 'run.succeeded', at: 1_800_000_000_000, data: {} }],
    appliedSignals: [],
    end: { status: 'succeeded', reason: null, output: '{}' },
    reason: null,
    childRuns: [],
    childCancels: [],
    freedPermits: [],
    parent: null,
    productive: false,
    ...more,
  };
}
const store = (...checkpoints: RunCheckpoint[]) => engine.test.app.get(EngineStore).checkpoint(checkpoints);
const webhook = async (more: object = {}): Promise<string> =>
  (await engine.post('/webhooks', { url: 'https://example.com/hook', ...more })).body.id as string;
const rows = (runId: string) =>
  engine.query<{ webhook_id: string; xmin: string; id: string }>(
    'select webhook_id, id, xmin::text from webhook_deliveries where run_id = $1 order by webhook_id',
    [runId],
  );

describe('the deliveries of an end', () => {
  it('are one commit with it', async () => {
    const webhookId = await webhook({ description: 'of one commit' });
    const runId = await engine.start(NOOP);
    expect(await store(ending(runId))).toEqual(new Set([runId]));
    const [run] = await engine.query<{ xmin: string; status: string }>(
      'select xmin::text, status from runs where id = $1',
      [runId],
    );
    const [delivery, ...others] = await rows(runId);
    expect(others).toEqual([]);
    expect(run?.status).toBe('succeeded');
    expect(delivery).toMatchObject({ webhook_id: webhookId, xmin: run?.xmin });
    // UUIDv7, so that lists are in the order of time.
    expect(delivery?.id).toMatch(/^01[0-9a-f]{6}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab]/);
    await engine.test.http('DELETE', `/api/v1/webhooks/${webhookId}`);
    expect(await rows(runId)).toEqual([]);
  });

  it('are one commit with it also where a parent run is told', async () => {
    await webhook({ description: 'of a child' });
    const [parentId, runId] = [await engine.start(NOOP), await engine.start(NOOP)];
    const taskId = (await engine.tasks(parentId))['a'].id as string;
    await engine.query(
      `update tasks set status = 'waiting', waiting_for = 'childRun', wait = jsonb_build_object('runId', $2::text)
       where id = $1`,
      [taskId, runId],
    );
    await store(ending(runId, { parent: { runId: parentId, taskId } }));
    const [told] = await engine.query<{ xmin: string }>(
      'select xmin::text from run_signals where run_id = $1',
      [parentId],
    );
    const found = await rows(runId);
    expect(found.length).toBeGreaterThan(0);
    expect(new Set(found.map(({ xmin }) => xmin))).toEqual(new Set([told?.xmin]));
    await engine.query('delete from webhooks');
  });

  it('are written once, however often the checkpoint is sent', async () => {
    await webhook();
    const runId = await engine.start(NOOP);
    await store(ending(runId));
    expect(await store(ending(runId))).toEqual(new Set());
    expect(await rows(runId)).toHaveLength(1);
  });

  it('are not written by an owner that has lost the run, nor without an end', async () => {
    await webhook();
    const runId = await engine.start(NOOP);
    expect(await store(ending(runId, { epoch: '7' }))).toEqual(new Set());
    expect(await store(ending(runId, { end: null, status: 'running' }))).toEqual(new Set([runId]));
    expect(await rows(runId)).toEqual([]);
  });

  it('are for those whose workflow and status it is, and who are not disabled', async () => {
    const workflowId = await engine.workflow(NOOP);
    const [all, own, disabled] = await Promise.all([
      webhook({ statuses: ['succeeded', 'cancelled'], description: 'all' }),
      webhook({ workflowId }),
      webhook({ workflowId }),
      webhook({ workflowId: await engine.workflow(NOOP) }),
      webhook({ workflowId, statuses: ['failed'] }),
    ]);
    await engine.query('update webhooks set disabled_at = now() where id = $1', [disabled]);
    const before = await engine.query<{ id: string }>(
      `select id from webhooks where workflow_id is null and description = '' and disabled_at is null`,
    );
    const [first, second] = [await engine.startWorkflow(workflowId), await engine.start(NOOP)];
    await store(ending(first), ending(second));
    const everybody = before.map(({ id }) => id);
    const told = async (runId: string) => new Set((await rows(runId)).map(({ webhook_id }) => webhook_id));
    expect(await told(first)).toEqual(new Set([...everybody, all, own]));
    expect(await told(second)).toEqual(new Set([...everybody, all]));
  });
});
