import { describe, expect, it } from '@jest/globals';
import { aTask, tasksOf } from '../../../test/factories/definition.factory.js';
import { aFailure, aStoredTask } from '../../../test/factories/run.factory.js';
import { Drive, T0 } from '../../../test/support/run-drive.js';

describe('a run', () => {
  it('starts what depends on nothing, then what it was waited for', () => {
    const drive = Drive.of(tasksOf({ a: [], b: [], c: ['a', 'b'] })).claim();
    expect(drive.commands).toEqual([
      { kind: 'startAttempt', task: 0 },
      { kind: 'startAttempt', task: 1 },
    ]);
    drive.run(0);
    expect(drive.commands).toEqual([]);
    drive.run(1);
    expect(drive.commands).toEqual([{ kind: 'startAttempt', task: 2 }]);
    expect(drive.statuses).toBe('succeeded succeeded ready');
  });

  it('puts its output together when the last task has ended, and succeeds with it', () => {
    const drive = Drive.of(tasksOf({ a: [] }))
      .claim()
      .run();
    expect(drive.commands).toEqual([{ kind: 'resolveOutput' }]);
    expect(drive.state).toMatchObject({ completing: true, end: null });
    drive.feed({ kind: 'outputResolved', output: '{"a":1}' });
    expect(drive.state.end).toEqual({ status: 'succeeded', reason: null, output: '{"a":1}' });
    expect(drive.events).toEqual([
      'run.started',
      'task.ready a',
      'task.started a',
      'task.succeeded a',
      'run.succeeded',
    ]);
    expect(drive.state.eventCount).toBe(6);
  });

  it('fails when its output cannot be put together', () => {
    const drive = Drive.of(tasksOf({ a: [] }))
      .claim()
      .run();
    drive.feed({ kind: 'outputFailed', message: 'no such path' });
    expect(drive.state.end).toEqual({ status: 'failed', reason: 'output_failed', output: null });
    expect(drive.last?.events[0]?.data).toEqual({ reason: 'output_failed', message: 'no such path' });
  });

  it('answers no output before it asked for one', () => {
    const drive = Drive.of(tasksOf({ a: [] })).claim();
    drive.feed({ kind: 'outputResolved', output: '1' }).feed({ kind: 'outputFailed', message: 'x' });
    expect(drive.state.end).toBeNull();
  });

  it('asks for its output again after a crash in between', () => {
    const drive = Drive.of(tasksOf({ a: [] }), {
      tasks: [aStoredTask({ status: 'succeeded', result: { json: '1' }, finishedAt: T0 })],
    }).claim('taken-over');
    expect(drive.commands).toEqual([{ kind: 'resolveOutput' }]);
  });
});

describe('a required task that fails', () => {
  it('lets running attempts end, starts nothing, then fails the run', () => {
    const drive = Drive.of(tasksOf({ a: [], b: [], c: ['a'], d: ['b'] }))
      .claim()
      .start(0)
      .start(1);
    drive.fail(0, aFailure({ retryable: false }));
    expect(drive.statuses).toBe('failed running cancelled cancelled');
    expect(drive.events).not.toContain('task.ready c');
    expect(drive.state.end).toBeNull();
    drive.succeed(1, '"late but fine"');
    expect(drive.statuses).toBe('failed succeeded cancelled cancelled');
    expect(drive.state.end).toMatchObject({ status: 'failed', reason: 'task_failed' });
    expect(drive.commands).toEqual([]);
  });

  it('is not overtaken by a start that was on its way', () => {
    const drive = Drive.of(tasksOf({ a: [], b: [] }))
      .claim()
      .start(0);
    drive.fail(0, aFailure({ retryable: false })).start(1);
    expect(drive.statuses).toBe('failed cancelled');
  });

  it('makes a second failure final although it could be retried', () => {
    const drive = Drive.of(tasksOf({ a: [], b: [] }))
      .claim()
      .start(0)
      .start(1);
    drive.fail(0, aFailure({ retryable: false })).fail(1, aFailure({ retryable: true }));
    expect(drive.statuses).toBe('failed failed');
    expect(drive.state.end?.status).toBe('failed');
  });

  it('goes on failing after a crash: what ran does not start again', () => {
    const tasks = [
      aStoredTask({ status: 'failed', finishedAt: T0 }),
      aStoredTask({ status: 'running', attempt: 1, effect: 'none' }),
    ];
    const drive = Drive.of(tasksOf({ a: [], b: [] }), { tasks }).claim('taken-over');
    expect(drive.statuses).toBe('failed cancelled');
    expect(drive.state.end).toMatchObject({ status: 'failed', reason: 'task_failed' });
    expect(drive.commands).toEqual([]);
  });

  it('fails at once when it could not even start', () => {
    const drive = Drive.of(tasksOf({ a: [] })).claim();
    drive.feed({ kind: 'startFailed', task: 0, failure: aFailure({ code: 'unresolved_reference' }) });
    expect(drive.task()).toMatchObject({
      status: 'failed',
      attempt: 0,
      error: { code: 'unresolved_reference' },
    });
    expect(drive.state.end?.status).toBe('failed');
  });
});

describe('an optional task', () => {
  const optional = [aTask({ taskId: 'a', optional: true }), aTask({ taskId: 'b', dependencies: ['a'] })];

  it('that fails releases its successors and fails nothing', () => {
    const drive = Drive.of(optional).claim().start(0);
    drive.fail(0, aFailure({ retryable: false }));
    expect(drive.statuses).toBe('failed ready');
    expect(drive.run(1).state.completing).toBe(true);
  });

  it('is retried like any other before that', () => {
    const drive = Drive.of(optional).claim().start(0).fail(0);
    expect(drive.statuses).toBe('waiting pending');
  });

  it('that failed before a crash does not fail the run after it', () => {
    const tasks = [aStoredTask({ status: 'failed', finishedAt: T0 }), aStoredTask()];
    const drive = Drive.of(optional, { tasks }).claim('taken-over');
    expect(drive.statuses).toBe('failed ready');
  });
});

describe('a condition that is false', () => {
  it('skips the task and releases its successors', () => {
    const drive = Drive.of(tasksOf({ a: [], b: ['a'] })).claim();
    drive.feed({ kind: 'conditionFalse', task: 0 });
    expect(drive.statuses).toBe('skipped ready');
    expect(drive.task()).toMatchObject({ attempt: 0, result: null });
    expect(drive.events).toContain('task.skipped a');
  });

  it('that comes too late changes nothing', () => {
    const drive = Drive.of(tasksOf({ a: [], b: ['a'] }))
      .claim()
      .start(0);
    expect(drive.feed({ kind: 'conditionFalse', task: 0 }).statuses).toBe('running pending');
  });
});
