import { describe, expect, it } from '@jest/globals';
import { aTask, tasksOf } from '../../../../test/factories/definition.factory.js';
import { aStoredTask } from '../../../../test/factories/run.factory.js';
import { cancel, Drive, pause, resume } from '../../../../test/support/run-drive.js';
import { nextMove } from '../next-move.js';
import type { RunInput } from '../run-input.js';

const asked: RunInput = { kind: 'permitAsked', task: 0 };
const answered = (isGranted: boolean, isNew = true): RunInput => ({
  kind: 'permitAnswered',
  task: 0,
  isGranted,
  isNew,
});
const handed = (agentId = 'agent'): RunInput => ({
  kind: 'signal',
  signal: { kind: 'permit', task: 0, by: 'agent', agentId },
});
const delegated: RunInput = {
  kind: 'signal',
  signal: { kind: 'delegate', task: 0, by: 'ada', toAgentId: 'other' },
};
const limited = (more: Parameters<typeof aStoredTask>[0] = {}): Drive =>
  Drive.of([aTask({ taskId: 'a' })], { tasks: [aStoredTask({ agentId: 'agent', ...more })] }).claim();

describe('a task that needs a permit of its agent', () => {
  it('starts with one and gives it back when it ends', () => {
    const drive = limited().feed(asked).feed(answered(true));
    expect([drive.task().permit, drive.last?.events]).toEqual(['held', []]);
    drive.start();
    expect(drive.task().permit).toBe('held');
    drive.succeed();
    expect([drive.task().permit, drive.last?.freedPermits]).toEqual([null, [0]]);
  });

  it('stays ready without one, is told of in one event, and lets its run park', () => {
    const drive = limited().feed(asked);
    expect(nextMove(drive.state, drive.now)).toEqual({ kind: 'work' });
    drive.feed(answered(false));
    expect(drive.task()).toMatchObject({ status: 'ready', permit: 'awaited' });
    expect(drive.last?.events).toMatchObject([{ type: 'task.queued', data: { agentId: 'agent' } }]);
    expect(nextMove(drive.state, drive.now)).toEqual({ kind: 'park', wakeAt: null });
    const before = drive.state;
    expect(drive.feed(asked).state).toBe(before);
  });

  it('is asked for again by a new owner, whose run does not park meanwhile', () => {
    const drive = limited({ status: 'ready', permit: 'awaited' });
    expect([drive.task().permit, drive.commands]).toEqual(['asked', [{ kind: 'startAttempt', task: 0 }]]);
    expect(nextMove(drive.state, drive.now)).toEqual({ kind: 'work' });
    drive.feed(answered(false, false));
    expect([drive.task().permit, drive.last?.events]).toEqual(['awaited', []]);
  });

  it('does not let its run park while another one can go on', () => {
    const drive = Drive.of(tasksOf({ a: [], b: [] }))
      .claim()
      .feed(asked)
      .feed(answered(false));
    expect(nextMove(drive.state, drive.now)).toEqual({ kind: 'work' });
    drive.run(1);
    expect(nextMove(drive.state, drive.now)).toEqual({ kind: 'park', wakeAt: null });
  });

  it('asks again when one is handed to it, also while it is still asking, and goes on when it is still there', () => {
    for (const waiting of [limited().feed(asked), limited({ status: 'ready', permit: 'awaited' })]) {
      waiting.feed(handed());
      expect([waiting.task().permit, waiting.commands]).toEqual([
        'handed',
        [{ kind: 'startAttempt', task: 0 }],
      ]);
      // What the first question came to says nothing about what was handed over since.
      expect(waiting.feed(answered(false)).task().permit).toBe('handed');
      expect(nextMove(waiting.state, waiting.now)).toEqual({ kind: 'work' });
      expect(waiting.feed(asked).feed(answered(true)).task().permit).toBe('held');
    }
  });

  it('does not take what it gave back since for its own', () => {
    const drive = limited().feed(asked).feed(answered(false)).feed(delegated);
    drive.feed({ kind: 'signal', signal: { kind: 'delegate', task: 0, by: 'ada', toAgentId: 'agent' } });
    drive.feed(asked).feed(handed());
    expect(drive.feed(asked).feed(answered(false)).task().permit).toBe('awaited');
  });

  it('takes none that was meant for the agent it had before', () => {
    const drive = limited().feed(asked).feed(answered(false)).feed(delegated);
    expect([drive.last?.freedPermits, drive.commands]).toEqual([[0], [{ kind: 'startAttempt', task: 0 }]]);
    drive.feed(asked).feed(handed('agent'));
    expect(drive.task().permit).toBe('asked');
  });

  it('keeps it under a new owner', () => {
    const drive = limited({ status: 'running', attempt: 1, effect: 'none', permit: 'held' });
    expect([drive.task().status, drive.task().permit]).toEqual(['ready', 'held']);
    expect(drive.last?.freedPermits).toEqual([]);
  });

  it.each([
    ['awaits', answered(false), null],
    ['holds', answered(true), null],
    ['asks', asked, 'left'],
  ])('gives back what it %s when its run is paused or ends', (_what, last, paused) => {
    for (const [end, left] of [
      [pause, paused],
      [cancel, null],
    ] as const) {
      const drive = limited().feed(asked).feed(last).feed(end);
      expect([drive.task().permit, drive.last?.freedPermits]).toEqual([left, [0]]);
      expect(drive.feed(asked).feed(answered(true)).task().permit).toBe(left);
    }
    const resumed = limited().feed(asked).feed(last).feed(pause).feed(resume);
    expect(resumed.commands).toEqual([{ kind: 'startAttempt', task: 0 }]);
  });

  it('gives back once more what may have been granted since its run was paused', () => {
    const left = limited().feed(asked).feed(pause);
    expect([left.task().permit, left.last?.freedPermits]).toEqual(['left', [0]]);
    const again = left.feed(resume).feed(cancel);
    expect([again.task().permit, again.last?.freedPermits]).toEqual([null, [0]]);
  });

  it('is asked for again after a pause, whatever became of the question before', () => {
    const drive = limited().feed(asked).feed(pause).feed(answered(true)).feed(handed()).feed(resume);
    expect(drive.task().permit).toBe('left');
    expect(drive.feed(asked).task().permit).toBe('asked');
    expect(drive.feed(answered(true, false)).task().permit).toBe('held');
  });

  it('gives it back when its attempt was interrupted in a paused run', () => {
    const drive = Drive.of([aTask()], {
      previousStatus: 'paused',
      tasks: [aStoredTask({ status: 'running', attempt: 1, effect: 'none', permit: 'held' })],
    }).claim('taken-over');
    expect([drive.task().status, drive.last?.freedPermits]).toEqual(['ready', [0]]);
  });
});
