import { describe, expect, it } from '@jest/globals';
import { aTask, tasksOf } from '../../../../test/factories/definition.factory.js';
import { aFailure } from '../../../../test/factories/run.factory.js';
import { approve, asked, Drive, pause, resolve, resume } from '../../../../test/support/run-drive.js';
import { nextMove } from '../next-move.js';
import type { RunInput } from '../run-input.js';

const refused = (drive: Drive): boolean => drive.last?.events.at(-1)?.type === 'signal.refused';
const optional = (taskId: string, dependencies: string[] = []) =>
  aTask({ taskId, dependencies, optional: true });

describe('a pause', () => {
  const tasks = tasksOf({ a: [], b: ['a'], c: [] });

  it('lets running attempts end and starts nothing', () => {
    const drive = Drive.of(tasks).claim().start(0).feed(pause);
    expect(drive.last).toMatchObject({ runStatus: 'paused', events: [{ type: 'run.paused' }] });
    expect(nextMove(drive.state, drive.now)).toEqual({ kind: 'work' });
    drive.succeed(0);
    expect([drive.statuses, drive.commands]).toEqual(['succeeded ready ready', []]);
    const before = drive.state;
    expect(drive.start(1).state).toBe(before);
    expect(nextMove(drive.state, drive.now)).toEqual({ kind: 'park', wakeAt: null });
  });

  it('ends with a resume, which starts what is ready and due', () => {
    const drive = Drive.of(tasksOf({ a: [], b: [] }))
      .claim()
      .start(0)
      .fail()
      .feed(pause);
    const due = drive.task().wakeAt ?? 0;
    drive.now = due + 1;
    expect(drive.feed({ kind: 'timeReached' }).task().status).toBe('waiting');
    drive.feed(resume);
    expect(drive.last?.runStatus).toBe('running');
    expect(drive.statuses).toBe('ready ready');
    expect(drive.commands).toEqual([
      { kind: 'startAttempt', task: 1 },
      { kind: 'startAttempt', task: 0 },
    ]);
  });

  it('goes on under a new owner, who does not say it was resumed', () => {
    const drive = Drive.of(tasks, { previousStatus: 'paused' }).claim('resumed');
    expect([drive.events, drive.commands]).toEqual([['task.ready a', 'task.ready c'], []]);
  });

  it('does not stop the clock of the run', () => {
    const drive = Drive.of(tasks, { deadlineAt: 1_800_000_000_500 }).claim().feed(pause);
    expect(nextMove(drive.state, drive.now).kind).toBe('hold');
    expect(drive.at(500).feed({ kind: 'timeReached' }).state.end?.reason).toBe('timed_out');
  });

  it('takes decisions', () => {
    const drive = Drive.of(tasksOf({ a: [], b: ['a'] }))
      .claim()
      .start()
      .wait('person', null)
      .feed(pause)
      .feed(approve());
    expect([drive.statuses, drive.commands]).toEqual(['succeeded ready', []]);
  });

  it('twice, and a resume of what is not paused, are refused', () => {
    const drive = Drive.of(tasks).claim();
    expect(refused(drive.feed(resume))).toBe(true);
    expect(refused(drive.feed(pause).feed(pause))).toBe(true);
  });

  it('ends also when all that is left has ended meanwhile', () => {
    const drive = Drive.of(tasksOf({ a: [] }))
      .claim()
      .start()
      .feed(pause)
      .succeed();
    expect(drive.commands).toEqual([{ kind: 'resolveOutput' }]);
  });
});

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
    expect(drive.task()).toMatchObject({ source: 'person', result: { json: '{"looked":true}' } });
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

describe('delegation', () => {
  const to = (task = 0): RunInput => ({
    kind: 'signal',
    signal: { kind: 'delegate', task, by: 'ada', toAgentId: 'other' },
  });

  it('of a task that has not started gives it another agent', () => {
    const drive = Drive.of(tasksOf({ a: [] }))
      .claim()
      .feed(to());
    expect(drive.last).toMatchObject({ reassignedTasks: [0], events: [{ type: 'task.delegated' }] });
    expect(drive.start().last?.events[0]?.data).toMatchObject({ agentId: 'other' });
  });

  it('of a running one aborts it and begins again; what the old attempt answers is dropped', () => {
    const drive = Drive.of(tasksOf({ a: [] }))
      .claim()
      .start()
      .feed(to());
    expect(drive.commands).toEqual([
      { kind: 'abortAttempt', task: 0 },
      { kind: 'startAttempt', task: 0 },
    ]);
    const before = drive.state;
    expect(drive.feed({ kind: 'attemptSucceeded', task: 0, attempt: 1, result: { json: '1' } }).state).toBe(
      before,
    );
    drive.start();
    expect(
      drive.feed({ kind: 'attemptSucceeded', task: 0, attempt: 1, result: { json: '1' } }).statuses,
    ).toBe('running');
    expect(drive.succeed().statuses).toBe('succeeded');
  });

  it('of an attempt that cannot be undone is refused', () => {
    const drive = Drive.of(tasksOf({ a: [] }))
      .claim()
      .start(0, 'irreversible')
      .feed(to());
    expect([refused(drive), drive.statuses]).toEqual([true, 'running']);
  });
});

describe('a spawned task', () => {
  let number = 0;
  const spawn = (task = 0, more: object = {}): RunInput => ({
    kind: 'signal',
    signal: {
      ...{ kind: 'spawn', task, by: 'ada', id: `child-${(number += 1)}`, agentId: 'agent' },
      definition: { taskType: 'test.noop', parameters: {}, ...more },
    },
  });

  it('starts at once and holds back the end of its parent', () => {
    const drive = Drive.of(tasksOf({ a: [], b: ['a'] }))
      .claim()
      .start()
      .feed(spawn());
    expect(drive.last?.addedTasks).toEqual([2]);
    expect(drive.commands).toEqual([{ kind: 'startAttempt', task: 2 }]);
    drive.succeed(0, '"mine"');
    expect(drive.task()).toMatchObject({
      status: 'waiting',
      waitingFor: 'children',
      result: { json: '"mine"' },
    });
    drive.run(2);
    expect(drive.statuses).toBe('succeeded ready succeeded');
    expect(drive.task()).toMatchObject({ result: { json: '"mine"' }, source: 'handler' });
  });

  it('fails the run when it fails, unless it is optional', () => {
    const fail = (more: object): Drive =>
      Drive.of(tasksOf({ a: [] }))
        .claim()
        .start()
        .feed(spawn(0, more))
        .succeed(0)
        .start(1)
        .fail(1, aFailure({ retryable: false }));
    expect(fail({}).state.end?.status).toBe('failed');
    expect(fail({ optional: true }).statuses).toBe('succeeded failed');
  });

  it('ends with its parent when that fails or is cancelled', () => {
    const drive = Drive.of([optional('a')])
      .claim()
      .start()
      .feed(spawn())
      .start(1)
      .feed(asked('cancelTask'));
    expect(drive.statuses).toBe('cancelled cancelled');
    expect(drive.commands).toContainEqual({ kind: 'abortAttempt', task: 1 });
  });

  it('whose attempt may have had its effect is in doubt when its parent ends', () => {
    const drive = Drive.of([optional('a')])
      .claim()
      .start()
      .feed(spawn())
      .start(1, 'irreversible')
      .feed(asked('cancelTask'));
    expect(drive.statuses).toBe('cancelled unknown');
    expect(drive.commands).toContainEqual({ kind: 'abortAttempt', task: 1 });
  });

  it('may spawn, three deep', () => {
    const drive = Drive.of(tasksOf({ a: [] }))
      .claim()
      .start();
    drive.feed(spawn(0)).feed(spawn(1)).feed(spawn(2));
    expect(drive.state.plan.map(({ taskId }) => taskId)).toEqual(['a', 'a-1', 'a-1-1', 'a-1-1-1']);
    expect(refused(drive.feed(spawn(3)))).toBe(true);
  });

  it('is refused under one that has ended', () => {
    const drive = Drive.of(tasksOf({ a: [], b: [] }))
      .claim()
      .run(0);
    expect(refused(drive.feed(spawn(0)))).toBe(true);
    expect(drive.state.plan).toHaveLength(2);
  });
});
