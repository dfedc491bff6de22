import { describe, expect, it } from '@jest/globals';
import { aTask } from '../../../../test/factories/definition.factory.js';
import { aFailure, aStoredTask } from '../../../../test/factories/run.factory.js';
import { asked, cancel, Drive, pause, T0 } from '../../../../test/support/run-drive.js';
import { nextMove } from '../next-move.js';

const compensation = { taskType: 'test.undo', parameters: {} };
const undoable = (taskId: string, dependencies: string[] = []) =>
  aTask({ taskId, dependencies, compensation });
const final = aFailure({ retryable: false });
/** a and b have succeeded, in that order; c fails. */
const failed = (): Drive =>
  Drive.of([undoable('a'), undoable('b', ['a']), aTask({ taskId: 'c', dependencies: ['b'] })])
    .claim()
    .run(0)
    .run(1)
    .start(2)
    .fail(2, final);

describe('a run that fails', () => {
  it('undoes what had succeeded, the last first, then ends', () => {
    const drive = failed();
    expect(drive.last).toMatchObject({
      runStatus: 'compensating',
      runReason: 'task_failed',
      addedTasks: [3, 4],
    });
    expect(drive.state.plan.slice(3).map(({ taskId }) => taskId)).toEqual([
      'b-compensation',
      'a-compensation',
    ]);
    expect(drive.commands).toEqual([{ kind: 'startAttempt', task: 3 }]);
    expect(drive.statuses).toBe('succeeded succeeded failed ready pending');
    drive.run(3);
    expect(drive.commands).toEqual([{ kind: 'startAttempt', task: 4 }]);
    expect(drive.state.end).toBeNull();
    drive.run(4);
    expect(drive.state.end).toEqual({ status: 'failed', reason: 'task_failed', output: null });
    expect(drive.events.slice(-2)).toEqual(['task.succeeded a-compensation', 'run.failed']);
  });

  it('undoes a chain of 10,000', () => {
    const count = 10_000;
    const chain = Array.from({ length: count }, (_, n) => undoable(`t${n}`, n === 0 ? [] : [`t${n - 1}`]));
    const last = aTask({ taskId: 'last', dependencies: [`t${count - 1}`] });
    const drive = Drive.of([...chain, last], {
      tasks: [
        ...chain.map(() => aStoredTask({ status: 'succeeded', finishedAt: T0 })),
        aStoredTask({ status: 'ready' }),
      ],
    }).claim();
    drive.start(count).fail(count, final);
    expect(drive.state.plan.slice(-count).map(({ compensates }) => compensates)).toEqual(
      Array.from({ length: count }, (_, n) => count - 1 - n),
    );
    expect(drive.state.plan.at(-1)).toMatchObject({
      taskId: 't0-compensation',
      dependencies: [2 * count - 1],
      successors: [],
    });
    expect(drive.state.counts.open).toBe(count);
  });

  it('undoes in the order of the commits, not of the graph', () => {
    const drive = Drive.of([undoable('a'), undoable('b'), aTask({ taskId: 'c' })])
      .claim()
      .start(0)
      .run(1)
      .at(5)
      .succeed(0)
      .start(2)
      .fail(2, final);
    expect(drive.state.plan.slice(3).map(({ taskId }) => taskId)).toEqual([
      'a-compensation',
      'b-compensation',
    ]);
  });

  it('ends at once when there is nothing to undo', () => {
    const drive = Drive.of([undoable('a')])
      .claim()
      .start()
      .fail(0, final);
    expect(drive.state.end?.status).toBe('failed');
  });

  it('retries what undoes, and asks a person when that fails for good', () => {
    const drive = failed().start(3).fail(3);
    expect(drive.task(3)).toMatchObject({ status: 'waiting', waitingFor: 'retry' });
    drive.at(60_000).feed({ kind: 'timeReached' }).start(3).fail(3, final);
    expect(drive.task(3)).toMatchObject({ status: 'waiting', waitingFor: 'person', wait: { form: 'task' } });
    expect(nextMove(drive.state, drive.now)).toEqual({ kind: 'park', wakeAt: null });
    drive.feed({ kind: 'signal', signal: { kind: 'complete', task: 3, by: 'ada', result: { json: '1' } } });
    expect(drive.statuses).toBe('succeeded succeeded failed succeeded ready');
    expect(drive.run(4).state.end?.status).toBe('failed');
  });

  it('tries again to undo when that person asks for it', () => {
    const drive = failed().start(3).fail(3, final);
    expect(drive.task(3)).toMatchObject({
      status: 'waiting',
      waitingFor: 'person',
      error: { code: final.code },
    });
    expect(drive.feed(asked('retryTask', 3)).commands).toEqual([{ kind: 'startAttempt', task: 3 }]);
    expect(drive.run(3).task(3)).toMatchObject({ status: 'succeeded', error: null });
  });

  it('asks a person also when what undoes cannot even start', () => {
    const drive = failed().feed({ kind: 'startFailed', task: 3, failure: final });
    expect(drive.task(3)).toMatchObject({ status: 'waiting', waitingFor: 'person' });
  });

  it('goes on with undoing under a new owner, and begins it only once', () => {
    const tasks = [
      aStoredTask({ status: 'succeeded', finishedAt: T0 }),
      aStoredTask({ status: 'failed', finishedAt: T0, error: final }),
      aStoredTask({
        status: 'ready',
        own: {
          ...compensation,
          taskId: 'a-compensation',
          dependencies: [],
          optional: true,
          compensates: 'a',
        },
      }),
    ];
    const drive = Drive.of([undoable('a'), aTask({ taskId: 'b' })], {
      tasks,
      previousStatus: 'compensating',
      reason: 'task_cancelled',
    }).claim('resumed');
    expect(drive.commands).toEqual([{ kind: 'startAttempt', task: 2 }]);
    expect(drive.state.plan).toHaveLength(3);
    expect(drive.run(2).state.end).toMatchObject({ status: 'failed', reason: 'task_cancelled' });
  });

  it('waits for what is in doubt before it undoes', () => {
    const drive = Drive.of([undoable('a'), undoable('b')])
      .claim()
      .start(0, 'irreversible')
      .start(1)
      .fail(0, aFailure({ effect: 'unknown' }))
      .fail(1, final);
    expect(drive.state.plan).toHaveLength(2);
    drive.feed({ kind: 'probedDone', task: 0, attempt: 1, result: { json: '1' } });
    expect(drive.statuses).toBe('succeeded failed ready');
  });

  it('for its time limit is undone as well', () => {
    const drive = Drive.of([undoable('a'), aTask({ taskId: 'b' })], { deadlineAt: T0 + 100 })
      .claim()
      .run(0)
      .start(1)
      .at(100)
      .feed({ kind: 'timeReached' });
    expect(drive.statuses).toBe('succeeded cancelled ready');
    expect(drive.commands).toEqual([{ kind: 'abortAttempts' }, { kind: 'startAttempt', task: 2 }]);
    const before = drive.state;
    expect(drive.feed({ kind: 'timeReached' }).state).toBe(before);
    expect(drive.run(2).state.end).toMatchObject({ status: 'failed', reason: 'timed_out' });
  });

  it('and is cancelled meanwhile stops undoing', () => {
    const drive = failed().feed(cancel);
    expect(drive.state.end?.status).toBe('cancelled');
    expect(drive.statuses).toBe('succeeded succeeded failed cancelled cancelled');
  });

  it('cannot be paused any more; what undoes can be left out', () => {
    const drive = failed().feed(pause);
    expect(drive.last?.events[0]?.type).toBe('signal.refused');
    drive.feed(asked('cancelTask', 3));
    expect(drive.statuses).toBe('succeeded succeeded failed cancelled ready');
  });
});

it('a run that is cancelled undoes nothing', () => {
  const drive = Drive.of([undoable('a'), aTask({ taskId: 'b' })])
    .claim()
    .run(0)
    .feed(cancel);
  expect(drive.state.plan).toHaveLength(2);
});
