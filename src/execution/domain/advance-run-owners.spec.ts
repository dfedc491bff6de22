import { describe, expect, it } from '@jest/globals';
import { tasksOf } from '../../../test/factories/definition.factory.js';
import { aFailure, aStoredTask } from '../../../test/factories/run.factory.js';
import { cancel, Drive } from '../../../test/support/run-drive.js';
import type { RunInput } from './run-input.js';

describe('a claim', () => {
  it.each(['started', 'resumed', 'taken-over'] as const)('is on record as run.%s', (how) => {
    expect(Drive.of(tasksOf({ a: [] })).claim(how).events[0]).toBe(`run.${how}`);
  });

  it('starts an interrupted attempt again under the next number, without counting it as failed', () => {
    const tasks = [aStoredTask({ status: 'running', attempt: 2, failedAttempts: 1, effect: 'idempotent' })];
    const drive = Drive.of(tasksOf({ a: [] }), { tasks, eventCount: 9 }).claim('taken-over');
    expect(drive.last?.events).toMatchObject([
      { sequence: 10, type: 'run.taken-over' },
      { sequence: 11, type: 'task.retried', taskId: 'a', data: { attempt: 3, reason: 'interrupted' } },
    ]);
    expect(drive.start().task()).toMatchObject({ status: 'running', attempt: 3, failedAttempts: 1 });
  });

  it('starts what was ready and leaves what waits', () => {
    const tasks = [
      aStoredTask({ status: 'ready' }),
      aStoredTask({ status: 'waiting', attempt: 1, waitingFor: 'person' }),
      aStoredTask({ status: 'succeeded', result: { json: '1' } }),
    ];
    const drive = Drive.of(tasksOf({ a: [], b: [], c: [] }), { tasks }).claim('resumed');
    expect(drive.commands).toEqual([{ kind: 'startAttempt', task: 0 }]);
    expect(drive.statuses).toBe('ready waiting succeeded');
  });
});

describe('an answer', () => {
  it('of an earlier attempt is dropped', () => {
    const drive = Drive.of(tasksOf({ a: [] }))
      .claim()
      .start()
      .fail()
      .at(60_000)
      .feed({ kind: 'timeReached' });
    drive.start();
    const before = drive.state;
    for (const kind of ['attemptSucceeded', 'attemptFailed', 'attemptWaits'] as const) {
      drive.feed({
        kind,
        task: 0,
        attempt: 1,
        result: { json: '"old"' },
        failure: aFailure(),
        waitingFor: 'person',
        wakeAt: null,
        wait: {},
      } as RunInput);
      expect(drive.state).toBe(before);
    }
  });

  it('that comes twice is recorded once', () => {
    const drive = Drive.of(tasksOf({ a: [], b: [] }))
      .claim()
      .start(0)
      .succeed(0, '1');
    const before = drive.state;
    expect(drive.succeed(0, '2').state).toBe(before);
    expect(drive.last).toMatchObject({ events: [], changedTasks: [], commands: [] });
  });

  it('after the end changes nothing', () => {
    const drive = Drive.of(tasksOf({ a: [] }))
      .claim()
      .start()
      .feed(cancel);
    const before = drive.state;
    drive.succeed().fail().feed(cancel).feed({ kind: 'timeReached' }).feed({ kind: 'poisoned' }).claim();
    expect(drive.state).toBe(before);
  });
});

describe('poison', () => {
  it('ends a run that kills its owners', () => {
    const tasks = [
      aStoredTask({ status: 'running', attempt: 6, effect: 'none' }),
      aStoredTask({ status: 'running', attempt: 1, effect: 'irreversible' }),
    ];
    const drive = Drive.of(tasksOf({ a: [], b: [] }), { tasks }).feed({ kind: 'poisoned' });
    expect(drive.state.end).toMatchObject({ status: 'failed', reason: 'poison' });
    expect(drive.statuses).toBe('cancelled unknown');
  });
});
