import { describe, expect, it } from '@jest/globals';
import { aTask, tasksOf } from '../../../../test/factories/definition.factory.js';
import { aFailure } from '../../../../test/factories/run.factory.js';
import { asked, Drive, refused } from '../../../../test/support/run-drive.js';
import type { RunInput } from '../run-input.js';

const optional = (taskId: string, dependencies: string[] = []) =>
  aTask({ taskId, dependencies, optional: true });

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
