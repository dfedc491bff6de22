import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { UnitOfWork } from '../../../src/database/unit-of-work.js';
import { NOOP, nine, ScheduleTest, soonAfter } from '../../support/schedule-test.js';

const HOUR_MS = 3_600_000;

let test: ScheduleTest;
beforeAll(async () => {
  test = await ScheduleTest.start();
});
afterAll(() => test.close());

describe('a fire', () => {
  it('starts one run with the input of the schedule, and the schedule moves on', async () => {
    const workflow = await test.engine.workflow(NOOP);
    const id = await test.scheduleOf(workflow, { input: { n: 7 }, name: 'nightly' });
    const at = nine(1);
    const runId = await test.fireAt(id, at);
    expect(await test.runsOf(id)).toEqual([{ id: runId, fire_time: at, input: { n: 7 } }]);
    expect(await test.show(id)).toEqual({
      id,
      workflowId: workflow,
      name: 'nightly',
      cron: '0 9 * * *',
      timeZone: 'UTC',
      input: { n: 7 },
      nextFireAt: nine(0).toISOString(),
      lastFireAt: at.toISOString(),
      lastRunId: runId,
      lastError: null,
      createdAt: expect.any(String),
    });
    const [queued] = await test.engine.events(runId as string);
    expect(queued).toMatchObject({
      type: 'run.queued',
      data: { workflowId: workflow, scheduleId: id, fireTime: at.toISOString() },
    });
    expect((await test.engine.get(`/runs/${runId}`)).body).toMatchObject({
      workflowId: workflow,
      status: 'queued',
    });
  });

  it('of two instances at the same moment gives one run', async () => {
    const workflow = await test.engine.workflow(NOOP);
    for (let round = 0; round < 20; round += 1) {
      const id = await test.scheduleOf(workflow);
      const at = nine(1);
      const found = await test.due(id, at);
      const fired = await Promise.all([
        test.fire(found, soonAfter(at)),
        test.fire(found, soonAfter(at), test.other),
        test.fire(found, soonAfter(at), test.other),
      ]);
      const runs = await test.runsOf(id);
      expect(runs).toHaveLength(1);
      expect(fired.filter((runId) => runId !== null)).toEqual([runs[0]?.id]);
      expect(await test.show(id)).toMatchObject({ lastRunId: runs[0]?.id, lastError: null });
    }
  });

  it('whose run exists is not done again, whatever the schedule says', async () => {
    const id = await test.schedule();
    const at = nine(1);
    const first = await test.fireAt(id, at);
    expect(await test.fireAt(id, at)).toBe(first);
    expect(await test.runsOf(id)).toHaveLength(1);
    await expect(
      test.database.query(
        `insert into runs (id, status, definition, schedule_id, fire_time)
         select gen_random_uuid(), status, definition, schedule_id, fire_time from runs where id = $1`,
        [first],
      ),
    ).rejects.toThrow('runs_schedule_fire');
  });

  it('whose transaction fails is done by the next who looks', async () => {
    const id = await test.schedule();
    const at = nine(1);
    const found = await test.due(id, at);
    const work = test.engine.test.app.get(UnitOfWork);
    const crash = work.transactional(async () => {
      expect(await test.fire(found, soonAfter(at))).toEqual(expect.any(String));
      throw new Error('the process dies before the commit');
    });
    await expect(crash).rejects.toThrow('the process dies');
    expect(await test.runsOf(id)).toEqual([]);
    const runId = await test.fire(found, soonAfter(at), test.other);
    expect(await test.runsOf(id)).toMatchObject([{ id: runId }]);
  });

  it('starts the definition as it is then', async () => {
    const workflow = await test.engine.workflow(NOOP);
    const id = await test.scheduleOf(workflow);
    const definition = {
      tasks: [{ taskId: 'new', taskType: 'test.noop', parameters: {}, dependencies: [] }],
    };
    await test.engine.test.http('PUT', `/api/v1/workflows/${workflow}/definition`, definition);
    const at = nine(1);
    const runId = await test.fireAt(id, at);
    expect(Object.keys(await test.engine.tasks(runId as string))).toEqual(['new']);
  });
});

describe('fires that were missed', () => {
  it('are made up for by one run, of the latest', async () => {
    const id = await test.schedule({ cron: '0 * * * *' });
    const now = new Date(nine(0).getTime() + 30 * 60_000);
    await test.fire(await test.due(id, nine(3)), now);
    expect(await test.runsOf(id)).toMatchObject([{ fire_time: nine(0) }]);
    expect(await test.show(id)).toMatchObject({
      lastFireAt: nine(0).toISOString(),
      nextFireAt: new Date(nine(0).getTime() + HOUR_MS).toISOString(),
    });
  });

  it('are left out when the latest is over a day old, which the schedule shows', async () => {
    const id = await test.schedule({ cron: '0 9 1 1 *' });
    const missed = new Date(Date.UTC(2026, 0, 1, 9));
    const now = new Date(Date.UTC(2026, 0, 2, 9, 0, 1));
    expect(await test.fire(await test.due(id, missed), now)).toBeNull();
    expect(await test.runsOf(id)).toEqual([]);
    expect(await test.show(id)).toMatchObject({
      lastFireAt: null,
      nextFireAt: '2027-01-01T09:00:00.000Z',
      lastError: {
        code: 'fire_missed',
        message: expect.stringContaining('2026-01-01T09:00'),
        at: now.toISOString(),
      },
    });
  });
});

describe('a deleted schedule', () => {
  it('fires no more, also when its fire has been found', async () => {
    const id = await test.schedule();
    const at = nine(1);
    const found = await test.due(id, at);
    expect((await test.engine.test.http('DELETE', `/api/v1/schedules/${id}`)).status).toBe(204);
    expect(await test.fire(found, soonAfter(at))).toBeNull();
    expect(await test.runsOf(id)).toEqual([]);
    expect((await test.engine.get(`/schedules/${id}`)).body.code).toBe('schedule_not_found');
  });

  it('goes with its workflow, while its runs stay', async () => {
    const workflow = await test.engine.workflow(NOOP);
    const id = await test.scheduleOf(workflow);
    const at = nine(1);
    const runId = await test.fireAt(id, at);
    expect((await test.engine.test.http('DELETE', `/api/v1/workflows/${workflow}`)).body.code).toBe(
      'workflow_running',
    );
    await test.database.query(`update runs set finished_at = now(), status = 'succeeded' where id = $1`, [
      runId,
    ]);
    const found = await test.due(id, nine(0));
    expect((await test.engine.test.http('DELETE', `/api/v1/workflows/${workflow}`)).status).toBe(204);
    expect((await test.engine.get(`/schedules/${id}`)).status).toBe(404);
    expect(await test.fire(found, soonAfter(nine(0)))).toBeNull();
    expect(await test.runsOf(id)).toMatchObject([{ id: runId }]);
  });
});
