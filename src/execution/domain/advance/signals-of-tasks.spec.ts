import { describe, expect, it } from '@jest/globals';
import { aTask, tasksOf } from '../../../../test/factories/definition.factory.js';
import { aFailure } from '../../../../test/factories/run.factory.js';
import { asked, Drive, refused, resolve } from '../../../../test/support/run-drive.js';

const optional = (taskId: string, dependencies: string[] = []) =>
  aTask({ taskId, dependencies, optional: true });

describe('the cancel of a task', () => {
  it('fails its run: nothing new starts', () => {
    const drive = Drive.of(tasksOf({ a: [], b: ['a'] }))
      .claim()
      .feed(asked('cancelTask'));
    expect(drive.statuses).toBe('cancelled cancelled');
    expect(drive.state.end).toMatchObject({ status: 'failed', reason: 'task_cancelled' });
  });

  it('aborts its attempt, whose answer is dropped', () => {
    const drive = Drive.of([optional('a'), optional('b', ['a'])])
      .claim()
      .start()
      .feed(asked('cancelTask'));
    expect(drive.commands).toEqual([
      { kind: 'abortAttempt', task: 0 },
      { kind: 'startAttempt', task: 1 },
    ]);
    expect(drive.succeed(0).statuses).toBe('cancelled ready');
  });

  it('leaves an attempt in doubt that cannot be undone', () => {
    const drive = Drive.of(tasksOf({ a: [] }))
      .claim()
      .start(0, 'irreversible')
      .feed(asked('cancelTask'));
    expect(drive.task().status).toBe('unknown');
    expect(drive.commands).toEqual([
      { kind: 'abortAttempt', task: 0 },
      { kind: 'probe', task: 0 },
    ]);
  });

  it('is refused when it has ended or is in doubt', () => {
    expect(
      refused(
        Drive.of([optional('a'), optional('b')])
          .claim()
          .run(0)
          .feed(asked('cancelTask')),
      ),
    ).toBe(true);
  });
});

describe('the retry of a task', () => {
  it('starts the next attempt of one that waits for it, now', () => {
    const drive = Drive.of(tasksOf({ a: [] }))
      .claim()
      .start()
      .fail()
      .feed(asked('retryTask'));
    expect(drive.task()).toMatchObject({ status: 'ready', error: null, wakeAt: null });
    expect(drive.commands).toEqual([{ kind: 'startAttempt', task: 0 }]);
  });

  it('is refused for anything else', () => {
    const drive = Drive.of(tasksOf({ a: [] }))
      .claim()
      .start()
      .wait('person', null);
    expect(refused(drive.feed(asked('retryTask')))).toBe(true);
    expect(drive.task().status).toBe('waiting');
  });
});

describe('what a person says of an attempt in doubt', () => {
  const inDoubt = (): Drive =>
    Drive.of(tasksOf({ a: [], b: ['a'] }))
      .claim()
      .start(0, 'irreversible')
      .fail(0, aFailure({ effect: 'unknown' }));

  it('that it had its effect: it has succeeded', () => {
    const drive = inDoubt().feed(resolve('succeeded'));
    expect(drive.task()).toMatchObject({
      source: 'person',
      result: { json: '{"looked":true}' },
      error: null,
    });
    expect(drive.statuses).toBe('succeeded ready');
  });

  it('that it had none: it has failed', () => {
    const drive = inDoubt().feed(resolve('failed'));
    expect(drive.task().error).toMatchObject({ code: 'resolved_as_failed', effect: 'none' });
    expect(drive.state.end?.status).toBe('failed');
  });

  it('that it had none and shall be tried again', () => {
    const drive = inDoubt().feed(resolve('retry'));
    expect(drive.commands).toEqual([{ kind: 'startAttempt', task: 0 }]);
    expect(drive.start(0, 'irreversible').task().attempt).toBe(2);
  });

  it('twice is refused', () => {
    expect(refused(inDoubt().feed(resolve('succeeded')).feed(resolve('failed')))).toBe(true);
  });
});
