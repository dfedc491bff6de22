import { describe, expect, it } from '@jest/globals';
import { aTask, tasksOf } from '../../../../test/factories/definition.factory.js';
import { aFailure } from '../../../../test/factories/run.factory.js';
import { approve, cancel, Drive, reject, T0 } from '../../../../test/support/run-drive.js';

describe('a decision', () => {
  const asked = (tasks = tasksOf({ a: [], b: ['a'] })): Drive =>
    Drive.of(tasks).claim().start().wait('person', null);

  it('to approve ends the task with who approved', () => {
    const drive = asked().feed(approve());
    expect(drive.statuses).toBe('succeeded ready');
    expect(drive.task()).toMatchObject({
      source: 'person',
      result: { json: '{"approved":true,"by":"ada","comment":"fine"}' },
    });
  });

  it('to reject fails the task as rejected, without a retry', () => {
    const drive = asked().feed(reject());
    expect(drive.task()).toMatchObject({
      status: 'failed',
      error: { code: 'rejected', message: 'bob rejected it: too late', retryable: false },
    });
    expect(drive.state.end?.status).toBe('failed');
  });

  it('to reject an optional approval goes on', () => {
    const drive = asked([
      aTask({ taskId: 'a', optional: true }),
      aTask({ taskId: 'b', dependencies: ['a'] }),
    ]).feed(reject(0, null));
    expect(drive.statuses).toBe('failed ready');
    expect(drive.task().error?.message).toBe('bob rejected it');
  });

  it('that comes a second time is refused on record and changes nothing else', () => {
    const drive = asked().feed(approve());
    const { tasks } = drive.state;
    drive.feed(reject());
    expect(drive.state.tasks).toBe(tasks);
    expect(drive.last?.events).toMatchObject([
      { type: 'signal.refused', taskId: 'a', data: { kind: 'reject', by: 'bob' } },
    ]);
  });

  it('about a timer is refused', () => {
    const drive = Drive.of(tasksOf({ a: [] }))
      .claim()
      .start()
      .wait('timer', T0 + 9);
    expect(drive.feed(approve()).statuses).toBe('waiting');
    expect(drive.last?.events[0]?.type).toBe('signal.refused');
  });

  it('nobody has taught it is refused', () => {
    const drive = asked().feed({ kind: 'signal', signal: { kind: 'unsupported', name: 'dance' } });
    expect(drive.last?.events).toMatchObject([{ type: 'signal.refused', data: { kind: 'dance' } }]);
  });
});

describe('cancel', () => {
  it('ends the run at once: attempts are aborted, the rest is cancelled, ends stay', () => {
    const drive = Drive.of(tasksOf({ a: [], b: [], c: ['b'], d: [] }))
      .claim()
      .run(0)
      .start(1);
    drive.feed(cancel);
    expect(drive.statuses).toBe('succeeded cancelled cancelled cancelled');
    expect(drive.state.end).toEqual({ status: 'cancelled', reason: 'cancelled', output: null });
    expect(drive.commands).toEqual([{ kind: 'abortAttempts' }]);
    expect(drive.events.at(-1)).toBe('run.cancelled');
    expect(drive.last?.events.at(-1)?.data).toEqual({ reason: 'cancelled', by: 'ada' });
  });

  it('wins over an output that is being put together', () => {
    const drive = Drive.of(tasksOf({ a: [] }))
      .claim()
      .run()
      .feed(cancel);
    expect(drive.feed({ kind: 'outputResolved', output: '1' }).state.end?.status).toBe('cancelled');
  });

  it('before the first claim starts nothing', () => {
    const drive = Drive.of(tasksOf({ a: [], b: [] })).feed(cancel);
    expect(drive.events).toEqual(['task.cancelled a', 'task.cancelled b', 'run.cancelled']);
  });

  it('of a run that fails already is what ends it', () => {
    const drive = Drive.of(tasksOf({ a: [], b: [] }))
      .claim()
      .start(0)
      .start(1);
    drive.fail(0, aFailure({ retryable: false })).feed(cancel);
    expect(drive.state.end?.status).toBe('cancelled');
    expect(drive.statuses).toBe('failed cancelled');
  });
});
