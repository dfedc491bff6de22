import { describe, expect, it } from '@jest/globals';
import { newId } from '../../../src/common/ids.js';
import { EngineStore } from '../../../src/execution/engine-store.port.js';
import { ProcessIdentity } from '../../../src/execution/engine/process-identity.js';
import { TakeOver } from '../../../src/execution/engine/take-over.js';
import { RunQueue } from '../../../src/execution/run-queue.port.js';
import { UnitOfWork } from '../../../src/database/unit-of-work.js';
import { EngineTest } from '../../support/engine-test.js';
import { gate } from '../../support/engine-tasks.js';
import { eventually } from '../../support/eventually.js';
import { useEngine } from '../../support/use-engine.js';

const engine = useEngine();

describe('an owner whose epoch is over', () => {
  it('writes nothing more and lets go of that run; the others go on', async () => {
    const names = Array.from({ length: 12 }, (_, index) => `fence-${index}`);
    const ids = await Promise.all(
      names.map((name) =>
        engine.start([gate('a', name), { taskId: 'b', taskType: 'test.noop', dependencies: ['a'] }]),
      ),
    );
    await Promise.all(names.map((name) => engine.calls.gate(name).arrived.promise));
    const lost = ids[3] as string;
    // A handler is called beside the write of its start, not after it.
    await eventually(async () => (await engine.eventTypes(lost)).includes('task.started a'));
    const before = await engine.events(lost);
    await engine.disown(lost);
    // All answer at once, so that the refused run is in one batch with the others.
    for (const name of names) engine.calls.gate(name).released.resolve(name);
    const others = ids.filter((id) => id !== lost);
    for (const id of others) expect((await engine.ended(id)).status).toBe('succeeded');
    await eventually(() => engine.worker.ownedRuns.every(({ runId }) => runId !== lost));
    expect(await engine.events(lost)).toEqual(before);
    expect(await engine.statuses(lost)).toEqual({ a: 'running', b: 'pending' });

    await engine.sweep();
    const end = await engine.ended(lost);
    expect(end).toMatchObject({ status: 'succeeded', tasksByStatus: { succeeded: 2 } });
    expect((await engine.tasks(lost))['a'].attempt).toBe(2);
    const keys = engine.calls.of(lost, 'a').map(({ key }) => key);
    expect([keys.length, new Set(keys).size]).toEqual([2, 1]);
  });

  it('notices at the next beat also when it has nothing to write', async () => {
    const id = await engine.start([gate('a', 'quiet')]);
    const { signal } = await engine.calls.gate('quiet').arrived.promise;
    await engine.disown(id);
    await eventually(() => signal.aborted, { withinMs: 2_000 });
    await engine.sweep();
    engine.calls.gate('quiet').released.resolve(1);
    expect((await engine.ended(id)).status).toBe('succeeded');
  });

  it('cannot store a large result', async () => {
    const id = await engine.start([
      { taskId: 'big', taskType: 'test.large', parameters: { length: 40_000 } },
    ]);
    await engine.ended(id);
    const { big } = await engine.tasks(id);
    const store = engine.test.app.get(EngineStore);
    await store.savePayload({ runId: id, epoch: '0' }, big.id, '{"forged":true}');
    expect((await engine.get(`/tasks/${big.id}/result`)).body.result.length).toBe(40_000);
  });
});

describe('the sweeper', () => {
  it('brings back a run whose job is gone', async () => {
    const busy = await EngineTest.start({ config: { engine: { runSlots: 1, taskSlots: 4 } } });
    try {
      const holder = await busy.start([gate('a', 'holder')]);
      await busy.calls.gate('holder').arrived.promise;
      const queued = await busy.start([{ taskId: 'b', taskType: 'test.noop' }]);
      await busy.query(`delete from pgboss.job where id = (select job_id from runs where id = $1)`, [queued]);
      busy.calls.gate('holder').released.resolve(1);
      await busy.ended(holder);
      await busy.sweep();
      expect((await busy.ended(queued)).status).toBe('succeeded');
    } finally {
      await busy.close();
    }
  });

  it('wakes a parked run that is due and one with an unread signal, and no other', async () => {
    const ask = { taskId: 'ask', taskType: 'human.approval', parameters: { question: '?' } };
    const timer = { taskId: 'w', taskType: 'timer.wait', parameters: { seconds: 3_600 } };
    const [asleep, signalled, due] = await Promise.all([
      engine.start([ask]),
      engine.start([ask]),
      engine.start([timer]),
    ]);
    await engine.asked(asleep as string);
    const task = await engine.asked(signalled as string);
    await engine.status(due as string, 'waiting');
    // A signal whose job was lost, and a wake time whose job was lost.
    await engine.query(
      `with run as (update runs set signal_seq = signal_seq + 1 where id = $1 returning id, signal_seq)
       insert into run_signals (run_id, sequence, kind, task_id, payload) select id, signal_seq, 'approve', $2, '{"by":"ada"}' from run`,
      [signalled, task],
    );
    await engine.query(
      `with run as (update runs set wake_at = now() where id = $1 returning id, job_id), job as (
         delete from pgboss.job j using run where j.id = run.job_id)
       update tasks t set wake_at = now() from run where t.run_id = run.id`,
      [due],
    );
    await engine.sweep();
    expect((await engine.ended(signalled as string)).status).toBe('succeeded');
    expect((await engine.ended(due as string)).status).toBe('succeeded');
    expect(await engine.eventTypes(asleep as string)).not.toContain('run.resumed');
    await engine.post(`/runs/${asleep}/cancel`);
    await engine.ended(asleep as string);
  });
});

describe('a process that is gone', () => {
  it('loses its runs to the others, all of them, once', async () => {
    const dead = newId();
    const ids = await Promise.all(
      Array.from({ length: 5 }, (_, index) => engine.start([gate('a', `dead-${index}`)])),
    );
    for (let index = 0; index < 5; index += 1) await engine.calls.gate(`dead-${index}`).arrived.promise;
    await engine.query(
      `insert into processes (id, lock_key, host, pid, beat_at) values ($1, 1, 'gone', 1, now() - interval '3 seconds')`,
      [dead],
    );
    await engine.query('update runs set owner_id = $1, epoch = epoch + 1 where id = any($2)', [dead, ids]);
    for (let index = 0; index < 5; index += 1) engine.calls.gate(`dead-${index}`).released.resolve(index);
    for (const id of ids) {
      expect((await engine.ended(id)).status).toBe('succeeded');
      const types = await engine.eventTypes(id);
      expect(types.filter((type) => type === 'run.taken-over')).toHaveLength(1);
    }
    await eventually(
      async () => (await engine.query('select from processes where id = $1', [dead])).length === 0,
    );
  });

  it.each([
    ['beats', `now()`, false],
    ['was silent for a second', `now() - interval '1 second'`, false],
  ])('is not one that %s', async (_name, beatAt, gone) => {
    const id = newId();
    await engine.query(
      `insert into processes (id, lock_key, host, pid, beat_at) values ($1, 2, 'alive', 1, ${beatAt})`,
      [id],
    );
    await engine.test.app.get(TakeOver).inspect();
    const left = await engine.query('select from processes where id = $1', [id]);
    expect(left.length === 0).toBe(gone);
    await engine.query('delete from processes where id = $1', [id]);
  });
});

describe('a run with two jobs in one fetch', () => {
  it('is claimed with the job its row names, wherever that stands in the list', async () => {
    const idle = await EngineTest.start({ config: { role: 'api' } });
    try {
      const app = idle.test.app;
      const id = await idle.start([{ taskId: 'a', taskType: 'test.noop' }]);
      await app.get(UnitOfWork).transactional(async () => {
        const jobId = newId();
        await app
          .get(UnitOfWork)
          .query({ text: 'update runs set job_id = $2 where id = $1', values: [id, jobId] });
        await app.get(RunQueue).enqueue([{ jobId, runId: id, priority: 10 }]);
      });
      const jobs = await app.get(RunQueue).fetch(10);
      expect(jobs).toHaveLength(2);
      const [row] = await idle.query<{ job_id: string }>('select job_id from runs where id = $1', [id]);
      const stale = jobs.filter(({ jobId }) => jobId !== row?.job_id);
      expect(await app.get(EngineStore).claim(app.get(ProcessIdentity).id, stale, new Set())).toEqual([]);
      for (const order of [jobs, jobs.toReversed()]) {
        const [claimed, ...more] = await app
          .get(EngineStore)
          .claim(app.get(ProcessIdentity).id, order, new Set());
        expect([claimed?.runId, claimed?.job.jobId, more.length]).toEqual([id, row?.job_id, 0]);
      }
    } finally {
      await idle.close();
    }
  });
});

describe('a job that the queue hands out again', () => {
  const handOutAgain = (id: string) =>
    engine.query(
      `update pgboss.job set state = 'retry', retry_count = retry_count + 1, start_after = now()
       where id = (select job_id from runs where id = $1)`,
      [id],
    );
  const jobState = async (id: string) =>
    (
      await engine.query<{ state: string }>(
        'select j.state from pgboss.job j join runs r on r.job_id = j.id where r.id = $1',
        [id],
      )
    )[0]?.state;

  it('takes nothing from this process while it executes the run', async () => {
    const id = await engine.start([gate('work', 'again', { effect: 'irreversible' })]);
    await engine.calls.gate('again').arrived.promise;
    await handOutAgain(id);
    await eventually(async () => (await jobState(id)) === 'completed');
    engine.calls.gate('again').released.resolve('done');
    expect(await engine.ended(id)).toMatchObject({ status: 'succeeded' });
    expect(engine.calls.of(id)).toHaveLength(1);
  });

  it('takes nothing from another process that lives, and everything from one that is gone', async () => {
    const idle = await EngineTest.start({ config: { role: 'api' } });
    try {
      const [queue, store] = [idle.test.app.get(RunQueue), idle.test.app.get(EngineStore)];
      const id = await idle.start([{ taskId: 'a', taskType: 'test.noop' }]);
      const [job] = await queue.fetch(1);
      if (job === undefined) throw new Error('There is no job.');
      const [other, me] = [newId(), newId()];
      await idle.query(`insert into processes (id, lock_key, host, pid) values ($1, 1, 'elsewhere', 1)`, [
        other,
      ]);
      expect(await store.claim(other, [job], new Set())).toHaveLength(1);
      expect(await store.claim(me, [job], new Set())).toEqual([]);
      await idle.query(`update processes set beat_at = now() - interval '6 seconds' where id = $1`, [other]);
      expect(await store.claim(me, [job], new Set())).toMatchObject([{ runId: id, fruitlessClaims: 1 }]);
    } finally {
      await idle.close();
    }
  });
});
