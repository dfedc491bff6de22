import { describe, expect, it } from '@jest/globals';
import { UnitOfWork } from '../../../src/database/unit-of-work.js';
import { SignalsService } from '../../../src/execution/signals.service.js';
import { EngineTest } from '../../support/engine-test.js';
import { approval, gate } from '../../support/engine-tasks.js';
import { eventually } from '../../support/eventually.js';
import { useEngine } from '../../support/use-engine.js';

const engine = useEngine();

const code = (answer: { body: { code?: string }; status: number }) => [answer.status, answer.body.code];

describe('cancel', () => {
  it('ends a run at once, aborts what runs and drops what it still answers', async () => {
    const id = await engine.start([
      gate('deaf', 'deaf'),
      gate('heeds', 'heeds', { heeds: true }),
      { taskId: 'after', taskType: 'test.noop', dependencies: ['deaf', 'heeds'] },
    ]);
    const deaf = await engine.calls.gate('deaf').arrived.promise;
    await engine.calls.gate('heeds').arrived.promise;
    const answer = await engine.post(`/runs/${id}/cancel`);
    expect([answer.status, answer.headers.get('location')]).toEqual([202, `/api/v1/runs/${id}`]);
    expect(await engine.ended(id)).toMatchObject({ status: 'cancelled', reason: 'cancelled', output: null });
    await eventually(() => deaf.signal.aborted);
    expect(await engine.statuses(id)).toEqual({ deaf: 'cancelled', heeds: 'cancelled', after: 'cancelled' });
    const events = await engine.events(id);
    engine.calls.gate('deaf').released.resolve('late');
    await engine.run([{ taskId: 'a', taskType: 'test.noop' }]);
    expect(await engine.events(id)).toEqual(events);
    expect(code(await engine.post(`/runs/${id}/cancel`))).toEqual([409, 'run_ended']);
  });

  it('asked twice before it is applied is a conflict', async () => {
    const id = await engine.start([approval('ask')]);
    await engine.asked(id);
    // Nobody claims the run while its row is held.
    const held = Promise.withResolvers<void>();
    const [first, second] = await Promise.all([
      engine.post(`/runs/${id}/cancel`),
      engine.post(`/runs/${id}/cancel`),
    ]);
    held.resolve();
    expect([first.status, second.status].sort()).toEqual([202, 409]);
    const refused = first.status === 409 ? first : second;
    expect(['signal_pending', 'run_ended']).toContain(refused.body.code);
    expect((await engine.ended(id)).status).toBe('cancelled');
  });

  it('is refused with the name of what was asked before', async () => {
    const id = await engine.start([approval('ask')]);
    const taskId = await engine.asked(id);
    const signals = engine.test.app.get(SignalsService);
    const work = engine.test.app.get(UnitOfWork);
    // In one transaction nothing is applied before the second.
    await work.transactional(async () => {
      const ask = {
        kind: 'reject',
        like: ['approve', 'reject'],
        payload: () => ({ by: 'ada', comment: null }),
      };
      await signals.askTask(taskId, ask);
      await expect(signals.askTask(taskId, { ...ask, kind: 'approve' })).rejects.toMatchObject({
        code: 'signal_pending',
        message: 'reject was asked before and is about to be applied.',
      });
    });
    expect((await engine.ended(id)).status).toBe('failed');
  });

  it('of a parked run needs no wake-up by anything else', async () => {
    const id = await engine.start([approval('ask')]);
    await engine.asked(id);
    await engine.post(`/runs/${id}/cancel`);
    expect((await engine.ended(id, 3_000)).status).toBe('cancelled');
    expect((await engine.eventTypes(id)).slice(-2)).toEqual(['task.cancelled ask', 'run.cancelled']);
  });

  it('leaves an irreversible task that runs in doubt', async () => {
    const id = await engine.start([gate('pay', 'pay', { effect: 'irreversible' })]);
    await engine.calls.gate('pay').arrived.promise;
    await engine.post(`/runs/${id}/cancel`);
    expect((await engine.ended(id)).status).toBe('cancelled');
    expect((await engine.tasks(id))['pay']).toMatchObject({
      status: 'unknown',
      error: { code: 'effect_unknown' },
    });
    engine.calls.gate('pay').released.resolve(null);
  });

  it('of what does not exist is 404', async () => {
    const answer = await engine.post('/runs/0198c0de-0000-7000-8000-000000000001/cancel');
    expect(code(answer)).toEqual([404, 'run_not_found']);
  });
});

describe('a cancel before the run is claimed', () => {
  it('starts nothing', async () => {
    const busy = await EngineTest.start({ config: { engine: { runSlots: 1, taskSlots: 4 } } });
    try {
      const holder = await busy.start([gate('a', 'holder')]);
      await busy.calls.gate('holder').arrived.promise;
      const queued = await busy.start([{ taskId: 'b', taskType: 'test.noop' }]);
      expect((await busy.post(`/runs/${queued}/cancel`)).body.status).toBe('queued');
      busy.calls.gate('holder').released.resolve(1);
      expect((await busy.ended(queued)).status).toBe('cancelled');
      expect(busy.calls.of(queued)).toEqual([]);
      expect(await busy.eventTypes(queued)).toEqual(['run.queued', 'task.cancelled b', 'run.cancelled']);
      await busy.ended(holder);
    } finally {
      await busy.close();
    }
  });
});

describe('a decision', () => {
  it('to approve hands on who and what', async () => {
    const id = await engine.start([
      approval('ask'),
      {
        taskId: 'after',
        taskType: 'test.noop',
        parameters: { value: '{{ tasks.ask.result }}' },
        dependencies: ['ask'],
      },
    ]);
    const task = await engine.asked(id);
    const answer = await engine.post(`/tasks/${task}/approve`, { by: 'ada', comment: 'fine' });
    expect(answer).toMatchObject({ status: 202, body: { id: task } });
    expect((await engine.ended(id)).output).toEqual({
      after: { approved: true, by: 'ada', comment: 'fine' },
    });
    for (const again of ['approve', 'reject']) {
      expect(code(await engine.post(`/tasks/${task}/${again}`))).toEqual([409, 'run_ended']);
    }
  });

  it('to reject fails the task, and the run unless it is optional', async () => {
    const required = await engine.start([approval('ask')]);
    await engine.post(`/tasks/${await engine.asked(required)}/reject`, { by: 'bob', comment: 'no' });
    expect((await engine.ended(required)).status).toBe('failed');
    expect((await engine.tasks(required))['ask'].error).toMatchObject({
      code: 'rejected',
      message: 'bob rejected it: no',
    });
    const optional = await engine.start([approval('ask', { optional: true })]);
    await engine.post(`/tasks/${await engine.asked(optional)}/reject`);
    expect(await engine.ended(optional)).toMatchObject({ status: 'succeeded', output: { ask: null } });
  });

  it('made twice at once counts once', async () => {
    for (let round = 0; round < 10; round += 1) {
      const id = await engine.start([approval('ask')]);
      const task = await engine.asked(id);
      const answers = await Promise.all([
        engine.post(`/tasks/${task}/approve`, { by: 'ada' }),
        engine.post(`/tasks/${task}/reject`, { by: 'bob' }),
      ]);
      expect(answers.map(({ status }) => status).sort()).toEqual([202, 409]);
      expect((await engine.ended(id)).status).toBe(answers[0]?.status === 202 ? 'succeeded' : 'failed');
    }
  });

  it('about a task that waits for no person is a conflict', async () => {
    const id = await engine.start([gate('a', 'no-person')]);
    await engine.calls.gate('no-person').arrived.promise;
    const { a } = await engine.tasks(id);
    expect(code(await engine.post(`/tasks/${a.id}/approve`))).toEqual([409, 'task_not_waiting']);
    engine.calls.gate('no-person').released.resolve(1);
    await engine.ended(id);
  });

  it('is possible while other tasks of the run go on', async () => {
    const id = await engine.start([approval('ask'), gate('busy', 'beside')]);
    await engine.calls.gate('beside').arrived.promise;
    const task = await eventually(async () => {
      const { ask } = await engine.tasks(id);
      return ask.status === 'waiting' ? (ask.id as string) : null;
    });
    await engine.post(`/tasks/${task}/approve`, { by: 'ada' });
    await eventually(async () => (await engine.statuses(id))['ask'] === 'succeeded');
    engine.calls.gate('beside').released.resolve(1);
    expect((await engine.ended(id)).status).toBe('succeeded');
    expect(await engine.eventTypes(id)).not.toContain('run.parked');
  });
});
