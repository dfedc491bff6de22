import { describe, expect, it } from '@jest/globals';
import { nextMove } from '../next-move.js';
import { aTask, tasksOf } from '../../../../test/factories/definition.factory.js';
import { aFailure, aRunState, aStoredTask } from '../../../../test/factories/run.factory.js';
import { cancel, Drive, resolve, T0 } from '../../../../test/support/run-drive.js';

describe('retries', () => {
  const patient = [
    aTask({ taskId: 'a', retry: { maxAttempts: 3, initialDelaySeconds: 8, maxDelaySeconds: 10 } }),
  ];

  it('wait between half of the delay and all of it, doubled up to the largest', () => {
    const drive = Drive.of(patient).claim().start().fail();
    const first = (drive.task().wakeAt ?? 0) - T0;
    expect(first).toBeGreaterThanOrEqual(4_000);
    expect(first).toBeLessThanOrEqual(8_000);
    drive.at(8_000).feed({ kind: 'timeReached' }).start().fail();
    const second = (drive.task().wakeAt ?? 0) - drive.now;
    expect(second).toBeGreaterThanOrEqual(5_000);
    expect(second).toBeLessThanOrEqual(10_000);
  });

  it('wait exactly as long as ever for the same attempt of the same task', () => {
    const state = aRunState(patient, {
      tasks: [aStoredTask({ id: '0198c0de-0000-7000-8000-000000000001' })],
    });
    const drive = new Drive(state).claim().start().fail();
    // Half of 8 s and 0.745 of the other half: the hash of task and attempt, computed elsewhere.
    expect((drive.task().wakeAt ?? 0) - T0).toBe(6_980);
  });

  it('wait at least as long as the other side asked for', () => {
    const drive = Drive.of(patient).claim().start();
    drive.fail(0, aFailure({ retryAfterSeconds: 120 }));
    expect(drive.task().wakeAt).toBe(T0 + 120_000);
    expect(drive.last?.events[0]).toMatchObject({
      type: 'task.failed',
      data: { attempt: 1, final: false, retryAt: '2027-01-15T08:02:00.000Z' },
    });
  });

  it('end with the last attempt, whose error stays', () => {
    const drive = Drive.of(patient).claim();
    for (const minute of [1, 2])
      drive
        .start()
        .fail()
        .at(minute * 60_000)
        .feed({ kind: 'timeReached' });
    expect(drive.task()).toMatchObject({ status: 'ready', attempt: 2, failedAttempts: 2, error: null });
    drive.start().fail(0, aFailure({ code: 'third' }));
    expect(drive.task()).toMatchObject({ status: 'failed', attempt: 3, error: { code: 'third' } });
    expect(drive.state.end?.status).toBe('failed');
  });

  it('do not come for an error that cannot pass', () => {
    const drive = Drive.of(patient).claim().start();
    expect(drive.fail(0, aFailure({ retryable: false })).task().status).toBe('failed');
  });

  it('are not due a millisecond early', () => {
    const drive = Drive.of(patient).claim().start();
    drive.fail(0, aFailure({ retryAfterSeconds: 20 }));
    expect(drive.at(19_999).feed({ kind: 'timeReached' }).statuses).toBe('waiting');
    expect(drive.at(20_000).feed({ kind: 'timeReached' }).statuses).toBe('ready');
    expect(drive.commands).toEqual([{ kind: 'startAttempt', task: 0 }]);
  });

  it('by default are two, after about one and two seconds', () => {
    const drive = Drive.of(tasksOf({ a: [] })).claim();
    for (const second of [10, 20])
      drive
        .start()
        .fail()
        .at(second * 1_000)
        .feed({ kind: 'timeReached' });
    expect(drive.start().fail().task()).toMatchObject({ status: 'failed', attempt: 3 });
  });
});

describe('an attempt without an effect', () => {
  it('had none, also when its handler said nothing of it', () => {
    const drive = Drive.of(tasksOf({ a: [] }))
      .claim()
      .start(0, 'none');
    drive.fail(0, aFailure({ effect: 'unknown', retryable: false }));
    expect(drive.task()).toMatchObject({ status: 'failed', error: { code: 'busy', effect: 'none' } });
    expect(drive.last?.events[0]).toMatchObject({ type: 'task.failed', data: { error: { effect: 'none' } } });
  });
});

describe('an attempt with an irreversible effect', () => {
  const two = tasksOf({ a: [], b: ['a'] });

  it('is not repeated when nobody knows whether it had its effect', () => {
    const drive = Drive.of(two).claim().start(0, 'irreversible');
    drive.fail(0, aFailure({ effect: 'unknown', message: 'timed out' }));
    expect(drive.task()).toMatchObject({
      status: 'unknown',
      error: { code: 'effect_unknown', retryable: false, effect: 'unknown' },
    });
    expect(drive.task().error?.message).toContain('timed out');
    expect(drive.commands).toEqual([{ kind: 'probe', task: 0 }]);
    expect(drive.state.end).toBeNull();
    expect(nextMove(drive.state, drive.now)).toEqual({ kind: 'park', wakeAt: null });
  });

  it('is retried when it certainly had none', () => {
    const drive = Drive.of(two)
      .claim()
      .start(0, 'irreversible')
      .fail(0, aFailure({ effect: 'none' }));
    expect(drive.statuses).toBe('waiting pending');
  });

  it('that another kind of attempt may be repeated with the same doubt', () => {
    const drive = Drive.of(two)
      .claim()
      .start(0, 'idempotent')
      .fail(0, aFailure({ effect: 'unknown' }));
    expect(drive.statuses).toBe('waiting pending');
  });

  it('is unknown when its owner died while it ran', () => {
    const tasks = [aStoredTask({ status: 'running', attempt: 1, effect: 'irreversible' }), aStoredTask()];
    const drive = Drive.of(two, { tasks }).claim('taken-over');
    expect(drive.task()).toMatchObject({ status: 'unknown', attempt: 1, error: { code: 'effect_unknown' } });
    expect(drive.commands).toEqual([{ kind: 'probe', task: 0 }]);
  });

  it('is asked about again by every new owner', () => {
    const tasks = [aStoredTask({ status: 'unknown', attempt: 1, effect: 'irreversible' }), aStoredTask()];
    expect(Drive.of(two, { tasks }).claim('resumed').commands).toEqual([{ kind: 'probe', task: 0 }]);
  });

  it('stays unknown when the run is cancelled meanwhile; its answer is dropped', () => {
    const drive = Drive.of(two).claim().start(0, 'irreversible').feed(cancel);
    expect(drive.statuses).toBe('unknown cancelled');
    expect(drive.task().error?.code).toBe('effect_unknown');
    expect(drive.state.end?.status).toBe('cancelled');
    const after = drive.state;
    expect(drive.succeed(0).state).toBe(after);
  });

  it('holds back the end of a run that fails', () => {
    const drive = Drive.of(tasksOf({ a: [], b: [] }))
      .claim()
      .start(0, 'irreversible')
      .start(1);
    drive.fail(0, aFailure({ effect: 'unknown' })).fail(1, aFailure({ retryable: false }));
    expect([drive.statuses, drive.state.end]).toEqual(['unknown failed', null]);
    drive.feed(resolve('succeeded'));
    expect([drive.statuses, drive.state.end?.status]).toEqual(['succeeded failed', 'failed']);
  });
});

describe('what a probe finds out', () => {
  const inDoubt = (tasks = tasksOf({ a: [], b: ['a'] })): Drive =>
    Drive.of(tasks)
      .claim()
      .start(0, 'irreversible')
      .fail(0, aFailure({ effect: 'unknown' }));

  it('a result, when the effect is there', () => {
    const drive = inDoubt().feed({ kind: 'probedDone', task: 0, attempt: 1, result: { json: '7' } });
    expect(drive.task()).toMatchObject({ status: 'succeeded', source: 'probe', result: { json: '7' } });
    expect(drive.statuses).toBe('succeeded ready');
    expect(drive.events.slice(-3)).toEqual(['task.resolved a', 'task.succeeded a', 'task.ready b']);
  });

  it('a failed attempt that may be repeated, when it certainly is not', () => {
    const drive = inDoubt().feed({ kind: 'probedNotDone', task: 0, attempt: 1 });
    expect(drive.task()).toMatchObject({ status: 'waiting', waitingFor: 'retry', failedAttempts: 1 });
  });

  it('of an earlier attempt means nothing', () => {
    const drive = inDoubt();
    const before = drive.state;
    expect(drive.feed({ kind: 'probedNotDone', task: 0, attempt: 0 }).state).toBe(before);
  });
});

describe('alternatives', () => {
  const way = { taskType: 'test.other', parameters: {} };
  const task = aTask({
    taskId: 'a',
    retry: { maxAttempts: 2, initialDelaySeconds: 1, maxDelaySeconds: 1 },
    alternatives: [way, way],
  });

  it('are tried in order, each with attempts of its own, when the one before has failed for good', () => {
    const drive = Drive.of([task])
      .claim()
      .start()
      .fail(0, aFailure({ retryable: false }));
    expect(drive.task()).toMatchObject({ status: 'ready', alternative: 1, failedAttempts: 0, error: null });
    expect(drive.last?.reassignedTasks).toEqual([0]);
    expect(drive.commands).toEqual([{ kind: 'startAttempt', task: 0 }]);
    drive.start().fail().at(2_000).feed({ kind: 'timeReached' }).start().fail();
    expect(drive.task()).toMatchObject({ status: 'ready', alternative: 2, attempt: 3 });
    drive.start().fail(0, aFailure({ retryable: false, code: 'last' }));
    expect(drive.task()).toMatchObject({ status: 'failed', error: { code: 'last' } });
    expect(drive.state.end?.status).toBe('failed');
  });

  it('are not for an attempt that may have had its effect', () => {
    const drive = Drive.of([task]).claim().start(0, 'irreversible');
    expect(drive.fail(0, aFailure({ retryable: false, effect: 'unknown' })).task().status).toBe('unknown');
  });
});
