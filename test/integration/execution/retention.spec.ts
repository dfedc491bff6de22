import { describe, expect, it } from '@jest/globals';
import { UnitOfWork } from '../../../src/database/unit-of-work.js';
import { TAKE_TURN } from '../../../src/execution/retention/adapters/delete-runs.sql.js';
import { Retention } from '../../../src/execution/retention/retention.service.js';
import { RetentionStore } from '../../../src/execution/retention/retention-store.port.js';
import { EngineTest } from '../../support/engine-test.js';
import { hold } from '../../support/until-blocked.js';
import { useEngine } from '../../support/use-engine.js';

const DAYS = 30;
const BEFORE = new Date(Date.now() - DAYS * 86_400_000);
const NOOP = [{ taskId: 'a', taskType: 'test.noop' }];

const engine = useEngine({ bendsRules: true, config: { retentionDays: DAYS } });

const store = () => engine.test.app.get(RetentionStore);
const removeOld = () => engine.test.app.get(Retention).removeOld();
const age = (runId: string, days: number) =>
  engine.query(
    `update runs set finished_at = now() - make_interval(secs => $2::float8 * 86400) where id = $1`,
    [runId, days],
  );

/** An ended run with a row in every table that belongs to runs. */
async function fullRun(): Promise<string> {
  const run = await engine.run([
    { taskId: 'small', taskType: 'test.noop' },
    { taskId: 'large', taskType: 'test.large', parameters: { length: 40_000 } },
  ]);
  const id = run.id as string;
  await engine.query(
    `insert into run_signals (run_id, sequence, kind, applied_at) values ($1, 1, 'cancel', now())`,
    [id],
  );
  await engine.query(
    `insert into recovery_proposals (task_id, attempt, run_id, proposal) select id, 1, run_id, '{}' from tasks where run_id = $1`,
    [id],
  );
  await engine.query(
    `insert into webhook_deliveries (id, webhook_id, run_id, status)
     select gen_random_uuid(), gen_random_uuid(), $1, status from unnest('{delivered,failed}'::text[]) status`,
    [id],
  );
  return id;
}

/** How many rows each table holds of these runs. */
async function rowsOf(
  runIds: readonly string[],
  taskIds: readonly string[],
): Promise<Record<string, number>> {
  const [row] = await engine.query<Record<string, number>>(
    `select
       (select count(*)::int from runs where id = any($1)) as runs,
       (select count(*)::int from tasks where run_id = any($1)) as tasks,
       (select count(*)::int from task_payloads where task_id = any($2)) as payloads,
       (select count(*)::int from run_events where run_id = any($1)) as events,
       (select count(*)::int from run_signals where run_id = any($1)) as signals,
       (select count(*)::int from recovery_proposals where run_id = any($1)) as proposals,
       (select count(*)::int from webhook_deliveries where run_id = any($1)) as deliveries`,
    [runIds, taskIds],
  );
  return row as Record<string, number>;
}
const taskIdsOf = async (runId: string) =>
  Object.values(await engine.tasks(runId)).map(({ id }) => id as string);

describe('retention', () => {
  it('removes what ended too long ago with all its rows, and nothing else', async () => {
    const [old, young] = [await fullRun(), await fullRun()];
    const [oldTasks, youngTasks] = [await taskIdsOf(old), await taskIdsOf(young)];
    const live = await engine.start([
      { taskId: 'a', taskType: 'human.approval', parameters: { question: '?' } },
    ]);
    await engine.asked(live);
    await engine.query(
      `update runs set created_at = now() - interval '90 days', started_at = now() - interval '90 days'`,
    );
    await age(old, DAYS + 0.01);
    await age(young, DAYS - 0.01);
    const kept = await rowsOf([young, live], youngTasks);
    expect(await rowsOf([old], oldTasks)).toEqual({
      ...{ runs: 1, tasks: 2, payloads: 1, signals: 1, proposals: 2, deliveries: 2 },
      events: expect.any(Number),
    });
    expect(await removeOld()).toBe(1);
    expect(await rowsOf([old], oldTasks)).toEqual({
      ...{ runs: 0, tasks: 0, payloads: 0, events: 0, signals: 0, proposals: 0, deliveries: 0 },
    });
    expect(await rowsOf([young, live], youngTasks)).toEqual(kept);
    expect((await engine.get(`/runs/${old}`)).body.code).toBe('run_not_found');
    expect(await removeOld()).toBe(0);
  });

  it('removes a run that a newer one retries, which goes on', async () => {
    const failing = { taskId: 'a', taskType: 'test.fail', parameters: { retryable: false } };
    const before = await engine.run([failing]);
    const { body: retry } = await engine.post(`/runs/${before.id}/retry`);
    await age(before.id, DAYS + 1);
    expect(await removeOld()).toBe(1);
    expect((await engine.get(`/runs/${retry.id}`)).body.retryOfRunId).toBe(before.id);
    expect((await engine.ended(retry.id)).status).toBe('failed');
  });

  it('leaves a run whose receiver has not been told yet', async () => {
    const { id } = await engine.run(NOOP);
    // Not due: the sender leaves it alone.
    await engine.query(
      `insert into webhook_deliveries (id, webhook_id, run_id, next_attempt_at)
       values (gen_random_uuid(), gen_random_uuid(), $1, now() + interval '1 hour')`,
      [id],
    );
    await age(id, DAYS + 1);
    expect(await removeOld()).toBe(0);
    await engine.query(
      `update webhook_deliveries set status = 'failed', next_attempt_at = null where run_id = $1`,
      [id],
    );
    expect(await removeOld()).toBe(1);
  });

  it('goes on batch by batch, each at most 100 runs or about 20,000 events', async () => {
    await engine.query(
      `insert into runs (id, status, definition, event_count, finished_at)
       select gen_random_uuid(), 'failed', '{}', e, now() - make_interval(days => 100) + make_interval(secs => n)
       from (select n, case when n <= 130 then 3 else 9000 end as e from generate_series(1, 134) n) x`,
    );
    expect(await store().deleteSome(BEFORE)).toBe(100);
    // 30 small ones and three large ones: the third begins below the limit.
    expect(await store().deleteSome(BEFORE)).toBe(33);
    expect(await removeOld()).toBe(1);
  });

  it('is done by one process at a time', async () => {
    const { id } = await engine.run(NOOP);
    await age(id, DAYS + 1);
    const work = engine.test.app.get(UnitOfWork);
    const other = hold(
      (inside) => work.transactional(inside),
      () => work.query(TAKE_TURN),
    );
    await other.done;
    expect(await store().deleteSome(BEFORE)).toBeNull();
    expect(await removeOld()).toBe(0);
    await other.release();
    expect(await removeOld()).toBe(1);
  });

  it('passes over a run that somebody holds', async () => {
    const runs = [await engine.run(NOOP), await engine.run(NOOP)];
    for (const { id } of runs) await age(id, DAYS + 1);
    const work = engine.test.app.get(UnitOfWork);
    const other = hold(
      (inside) => work.transactional(inside),
      () => work.query({ text: 'select from runs where id = $1 for no key update', values: [runs[0].id] }),
    );
    await other.done;
    expect(await removeOld()).toBe(1);
    await other.release();
    expect(await removeOld()).toBe(1);
  });
});

describe('without RETENTION_DAYS', () => {
  it('everything is kept', async () => {
    const keeping = await EngineTest.start();
    const { id } = await keeping.run(NOOP);
    await keeping.query(`update runs set finished_at = now() - interval '100 years' where id = $1`, [id]);
    expect(await keeping.test.app.get(Retention).removeOld()).toBe(0);
    expect((await keeping.get(`/runs/${id}`)).status).toBe(200);
    await keeping.close();
  });
});
