import { describe, expect, it } from '@jest/globals';
import { aTask, tasksOf } from '../../../test/factories/definition.factory.js';
import { Drive, T0 } from '../../../test/support/run-drive.js';

describe('a timer', () => {
  it('ends its task with its result when it is due, and not before', () => {
    const drive = Drive.of(tasksOf({ a: [], b: ['a'] }))
      .claim()
      .start()
      .wait('timer', T0 + 500);
    expect(drive.statuses).toBe('waiting pending');
    expect(drive.at(499).feed({ kind: 'timeReached' }).statuses).toBe('waiting pending');
    expect(drive.at(500).feed({ kind: 'timeReached' }).statuses).toBe('succeeded ready');
    expect(drive.task()).toMatchObject({ result: { json: '{"n":7}' }, wakeAt: null, wait: null });
    expect(drive.commands).toEqual([{ kind: 'startAttempt', task: 1 }]);
  });

  it('says in its event what it waits for and until when', () => {
    const drive = Drive.of(tasksOf({ a: [] }))
      .claim()
      .start()
      .wait('timer', T0 + 1_000);
    expect(drive.last?.events[0]?.data).toMatchObject({
      waitingFor: 'timer',
      until: '2027-01-15T08:00:01.000Z',
    });
  });
});

describe('a question to a person', () => {
  const asked = (timeoutSeconds?: number): Drive =>
    Drive.of([aTask({ taskId: 'a', ...(timeoutSeconds === undefined ? {} : { timeoutSeconds }) })])
      .claim()
      .start()
      .wait('person', null);

  it('expires after the time limit of its task', () => {
    const drive = asked(2);
    expect(drive.at(1_999).feed({ kind: 'timeReached' }).statuses).toBe('waiting');
    expect(drive.at(2_000).feed({ kind: 'timeReached' }).statuses).toBe('failed');
    expect(drive.task().error).toMatchObject({ code: 'expired', retryable: false });
  });

  it('that expires goes over to the alternative of its task', () => {
    const alternatives = [{ taskType: 'test.noop', parameters: {} }];
    const drive = Drive.of([aTask({ taskId: 'a', timeoutSeconds: 2, alternatives })])
      .claim()
      .start()
      .wait('person', null);
    drive.at(2_000).feed({ kind: 'timeReached' });
    expect(drive.task()).toMatchObject({ status: 'ready', alternative: 1 });
    expect(drive.run(0).state.completing).toBe(true);
  });

  it('waits for ever without one', () => {
    expect(asked().at(1e12).feed({ kind: 'timeReached' }).statuses).toBe('waiting');
  });
});

describe('the time limit of a run', () => {
  it('ends it as timed_out whatever is under way', () => {
    const drive = Drive.of(tasksOf({ a: [], b: [], c: ['a'] }), { deadlineAt: T0 + 1_000 })
      .claim()
      .start(0)
      .start(1, 'irreversible');
    expect(drive.at(999).feed({ kind: 'timeReached' }).state.end).toBeNull();
    drive.at(1_000).feed({ kind: 'timeReached' });
    expect(drive.state.end).toEqual({ status: 'failed', reason: 'timed_out', output: null });
    expect(drive.statuses).toBe('cancelled unknown cancelled');
    expect(drive.commands).toEqual([{ kind: 'abortAttempts' }]);
  });

  it('goes before timers that are due at the same moment', () => {
    const drive = Drive.of(tasksOf({ a: [] }), { deadlineAt: T0 + 5 })
      .claim()
      .start()
      .wait('timer', T0 + 5);
    expect(drive.at(5).feed({ kind: 'timeReached' }).statuses).toBe('cancelled');
  });
});
