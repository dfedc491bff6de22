import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { Checkpointer } from '../../../src/execution/engine/checkpointer.js';
import { RunStarts } from '../../../src/execution/run-starts.service.js';
import { TaskSignalsService } from '../../../src/execution/task-signals.service.js';
import { eventually } from '../../support/eventually.js';
import { useEngine } from '../../support/use-engine.js';

const engine = useEngine();

/** Works through `items`, at most `width` at a time. */
async function each<T>(items: readonly T[], width: number, work: (item: T) => Promise<void>): Promise<void> {
  const open = items.values();
  const worker = async (): Promise<void> => {
    for (const item of open) await work(item);
  };
  await Promise.all(Array.from({ length: width }, worker));
}

const ask = (taskId: string, dependencies: string[] = []) => ({
  taskId,
  taskType: 'human.approval',
  parameters: { question: '?' },
  dependencies,
});

/** The slowest signal: a lost wake-up would wait for the sweeper, ten seconds. */
async function slowestSignalMs(): Promise<number> {
  const [row] = await engine.query<{ ms: number; open: number }>(
    `select coalesce(max(extract(epoch from applied_at - created_at)) * 1000, 0)::float8 as ms,
       count(*) filter (where applied_at is null)::int as open from run_signals`,
  );
  expect(row?.open).toBe(0);
  return row?.ms ?? 0;
}

describe('a thousand parked runs', () => {
  it('hold no slot, no connection and nothing in memory, and each can still go on', async () => {
    const workflow = await engine.workflow([
      ask('ask'),
      { taskId: 'b', taskType: 'test.noop', dependencies: ['ask'] },
    ]);
    const starts = engine.test.app.get(RunStarts);
    const ids: string[] = [];
    await each(Array.from({ length: 1_000 }), 16, async () => {
      ids.push(await starts.startWorkflow(workflow, null));
    });
    await eventually(
      async () => {
        const [row] = await engine.query<{ count: number }>(
          `select count(*)::int as count from runs where workflow_id = $1 and status = 'waiting' and owner_id is null`,
          [workflow],
        );
        return row?.count === 1_000;
      },
      { withinMs: 20_000 },
    );
    expect(engine.worker.ownedRuns).toEqual([]);
    expect(engine.busySlots).toBe(0);
    const held = engine.test.app.get(Checkpointer) as unknown as { pending: Map<string, unknown> };
    expect(held.pending.size).toBe(0);
    const worker = engine.worker as unknown as {
      executors: Map<string, unknown>;
      heldSince: Map<string, unknown>;
    };
    expect([worker.executors.size, worker.heldSince.size]).toEqual([0, 0]);
    await eventually(
      async () => {
        const [row] = await engine.query<{ live: number }>(
          `select count(*)::int as live from pgboss.job where name = 'runs' and state in ('created', 'retry', 'active')`,
        );
        return row?.live === 0;
      },
      // A job that is not settled comes back after ten seconds, for lack of touches.
      { withinMs: 6_000, what: 'The end of all jobs' },
    );
    const [connections] = await engine.query<{ count: number }>(
      `select count(*)::int as count from pg_stat_activity where datname = current_database() and application_name = 'tandem'`,
    );
    expect(connections?.count).toBeLessThanOrEqual(8);

    const some = ids.filter((_, index) => index % 50 === 0);
    const tasks = await engine.query<{ id: string }>(
      `select id from tasks where run_id = any($1) and waiting_for = 'person'`,
      [some],
    );
    expect(tasks).toHaveLength(20);
    await each(tasks, 8, async ({ id }) => {
      expect((await engine.post(`/tasks/${id}/approve`)).status).toBe(202);
    });
    for (const id of some) expect((await engine.ended(id)).status).toBe('succeeded');
  }, 60_000);
});

describe('a signal that meets its run on the way to sleep', () => {
  it('is never lost', async () => {
    const workflow = await engine.workflow([ask('first'), ask('second'), ask('third', ['first'])]);
    const signals = engine.test.app.get(TaskSignalsService);
    const waiting = (runId: string, taskId: string): Promise<string> =>
      eventually(async () => {
        const [row] = await engine.query<{ id: string }>(
          `select id from tasks where run_id = $1 and task_id = $2 and waiting_for = 'person'`,
          [runId, taskId],
        );
        return row?.id;
      });
    await each(Array.from({ length: 120 }), 12, async () => {
      const run = await engine.startWorkflow(workflow);
      const [first, second] = [await waiting(run, 'first'), await waiting(run, 'second')];
      // The first decision wakes the run; around the moment it sleeps again comes the second.
      await signals.decide(first, 'approve', { by: 'ada' });
      await sleep(Math.random() * 25);
      await signals.decide(second, 'approve', { by: 'ada' });
      await sleep(Math.random() * 10);
      await signals.decide(await waiting(run, 'third'), 'approve', { by: 'ada' });
      expect((await engine.ended(run)).status).toBe('succeeded');
    });
    expect(await slowestSignalMs()).toBeLessThan(3_000);
  }, 60_000);
});

describe('500 signals among checkpoints that flow', () => {
  it('all arrive, in order and once, without a deadlock', async () => {
    const asks = Array.from({ length: 10 }, (_, index) => ask(`ask${index}`));
    const chain = Array.from({ length: 30 }, (_, index) => ({
      taskId: `work${index}`,
      taskType: 'test.sleep',
      parameters: { ms: 10 },
      dependencies: index === 0 ? [] : [`work${index - 1}`],
    }));
    const workflow = await engine.workflow([...asks, ...chain]);
    const runs: string[] = [];
    await each(Array.from({ length: 50 }), 10, async () => {
      runs.push(await engine.startWorkflow(workflow));
    });
    const tasks = await eventually(async () => {
      const rows = await engine.query<{ id: string }>(
        `select id from tasks where run_id = any($1) and waiting_for = 'person' order by md5(id::text)`,
        [runs],
      );
      return rows.length === 500 ? rows : null;
    });
    const signals = engine.test.app.get(TaskSignalsService);
    await each(tasks, 12, ({ id }) => signals.decide(id, 'approve', { by: 'ada' }).then(() => undefined));
    for (const id of runs) expect((await engine.ended(id, 20_000)).tasksByStatus).toEqual({ succeeded: 40 });
    const [counts] = await engine.query<{ signals: number; decided: number; deadlocks: number }>(
      `select (select count(*)::int from run_signals where run_id = any($1) and applied_at is not null) as signals,
         (select count(*)::int from run_events where run_id = any($1) and type = 'task.succeeded' and task_id like 'ask%') as decided,
         (select deadlocks::int from pg_stat_database where datname = current_database()) as deadlocks`,
      [runs],
    );
    expect(counts).toEqual({ signals: 500, decided: 500, deadlocks: 0 });
    expect(await slowestSignalMs()).toBeLessThan(3_000);
  }, 60_000);
});
