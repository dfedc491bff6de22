import { describe, expect, it } from '@jest/globals';
import { approval, gate } from '../../support/engine-tasks.js';
import { eventually } from '../../support/eventually.js';
import { useEngine } from '../../support/use-engine.js';

const engine = useEngine();

describe('a timer', () => {
  it('that is short is held in the process', async () => {
    const run = await engine.run([{ taskId: 'w', taskType: 'timer.wait', parameters: { seconds: 0.15 } }]);
    expect(run).toMatchObject({ status: 'succeeded', output: { w: { waitedSeconds: 0.15 } } });
    expect(Date.parse(run.finishedAt) - Date.parse(run.startedAt)).toBeGreaterThanOrEqual(150);
    expect(await engine.eventTypes(run.id)).not.toContain('run.parked');
  });

  it('that is long parks the run, holds nothing, and wakes it when it is due', async () => {
    const id = await engine.start([{ taskId: 'w', taskType: 'timer.wait', parameters: { seconds: 3_600 } }]);
    await engine.status(id, 'waiting');
    await eventually(() => engine.worker.ownedRuns.length === 0);
    const [run] = await engine.query<{ job_id: string; due: boolean; owner_id: null }>(
      `select job_id, owner_id, wake_at between now() + interval '59 minutes' and now() + interval '61 minutes' as due
       from runs where id = $1`,
      [id],
    );
    expect(run).toMatchObject({ due: true, owner_id: null });
    await engine.query(
      `with run as (update runs set wake_at = now() where id = $1 returning id)
       update tasks t set wake_at = now() from run where t.run_id = run.id`,
      [id],
    );
    await engine.query(`update pgboss.job set start_after = now() where id = $1`, [run?.job_id]);
    expect(await engine.ended(id)).toMatchObject({
      status: 'succeeded',
      output: { w: { waitedSeconds: 3_600 } },
    });
    expect((await engine.eventTypes(id)).slice(-4)).toEqual([
      'run.parked',
      'run.resumed',
      'task.succeeded w',
      'run.succeeded',
    ]);
  });

  it.each([
    [-8.64e15, 'succeeded'],
    [8.64e15, 'waiting'],
  ])('for the time %d leaves the run %s, in no owner’s hands', async (at, status) => {
    const id = await engine.start([{ taskId: 'w', taskType: 'test.until', parameters: { at } }]);
    await engine.status(id, status);
    await eventually(() => engine.worker.ownedRuns.every(({ runId }) => runId !== id));
  });
});

describe('the time limit of a run', () => {
  it('ends it as timed_out while an attempt runs', async () => {
    const run = await engine.run([gate('slow', 'too-slow'), approval('ask')], { timeoutSeconds: 0.2 });
    expect(run).toMatchObject({ status: 'failed', reason: 'timed_out' });
    expect(await engine.statuses(run.id)).toEqual({ slow: 'cancelled', ask: 'cancelled' });
  });

  it('wakes a parked run', async () => {
    const id = await engine.start([approval('ask')], { timeoutSeconds: 3_600 });
    await engine.asked(id);
    await engine.query(`update runs set deadline_at = now() where id = $1`, [id]);
    await engine.query(
      `update pgboss.job set start_after = now() where id = (select job_id from runs where id = $1)`,
      [id],
    );
    expect(await engine.ended(id)).toMatchObject({ status: 'failed', reason: 'timed_out' });
  });
});

describe('a run that is never quiet', () => {
  /** 48 chains beside each other: at every moment some step is on its way to the database. */
  const busy = Array.from({ length: 4_800 }, (_, index) => ({
    taskId: `t${index}`,
    taskType: 'test.sleep',
    parameters: { ms: 1 + (index % 7) },
    dependencies: index < 48 ? [] : [`t${index - 48}`],
  }));

  it('still repeats its attempts in time', async () => {
    const flaky = {
      taskId: 'flaky',
      taskType: 'test.fail',
      parameters: { times: 1 },
      retry: { maxAttempts: 2, initialDelaySeconds: 0.1, maxDelaySeconds: 0.1 },
    };
    const run = await engine.run([flaky, ...busy]);
    const [delay] = await engine.query<{ ms: number }>(
      `select (extract(epoch from max(at) filter (where type = 'task.retried') - min(at) filter (where type = 'task.failed')) * 1000)::float8 as ms
       from run_events where run_id = $1 and task_id = 'flaky'`,
      [run.id],
    );
    expect(delay?.ms).toBeGreaterThanOrEqual(50);
    expect(delay?.ms).toBeLessThan(1_000);
  });

  it('still ends at its time limit', async () => {
    const run = await engine.run(busy, { timeoutSeconds: 0.3 });
    expect(run).toMatchObject({ status: 'failed', reason: 'timed_out' });
    expect(run.tasksByStatus.cancelled).toBeGreaterThan(0);
  });
});
