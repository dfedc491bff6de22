import { describe, expect, it } from '@jest/globals';
import { tasksOf } from '../../../../test/factories/definition.factory.js';
import { Drive, refused } from '../../../../test/support/run-drive.js';
import type { RunInput } from '../run-input.js';

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
