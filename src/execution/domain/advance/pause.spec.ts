import { describe, expect, it } from '@jest/globals';
import { tasksOf } from '../../../../test/factories/definition.factory.js';
import { approve, Drive, pause, refused, resume } from '../../../../test/support/run-drive.js';
import { nextMove } from '../next-move.js';

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
