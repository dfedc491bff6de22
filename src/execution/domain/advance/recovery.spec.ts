import { describe, expect, it } from '@jest/globals';
import { aTask, tasksOf } from '../../../../test/factories/definition.factory.js';
import { aFailure, aStoredTask } from '../../../../test/factories/run.factory.js';
import { Drive } from '../../../../test/support/run-drive.js';
import type { RecoveryAction } from '../proposal.js';
import { nextMove } from '../next-move.js';

const advised = (tasks = tasksOf({ a: [], b: ['a'] })): Drive =>
  Drive.of(tasks)
    .claim()
    .start()
    .feed({ kind: 'attemptFailed', task: 0, attempt: 1, failure: aFailure(), isAdvised: true });
const propose = (drive: Drive, action: RecoveryAction): Drive =>
  drive.feed({
    kind: 'recoveryProposed',
    task: 0,
    attempt: 1,
    proposal: { ...action, source: 'test', reason: 'because' },
  });
const apply = (drive: Drive): Drive => drive.feed({ kind: 'applyRecovery', task: 0, attempt: 1 });
const recovered = (action: RecoveryAction, tasks?: Parameters<typeof advised>[0]): Drive =>
  apply(propose(advised(tasks), action));

describe('a failed attempt somebody is asked about', () => {
  it('is on record before, and the run does not park meanwhile', () => {
    const drive = advised();
    expect(drive.task()).toMatchObject({ status: 'recovering', failedAttempts: 1, error: { code: 'busy' } });
    expect(drive.commands).toEqual([{ kind: 'adviseRecovery', task: 0 }]);
    expect(drive.last?.events).toMatchObject([{ type: 'task.recovering', data: { attempt: 1 } }]);
    expect(nextMove(drive.state, drive.now)).toEqual({ kind: 'work' });
  });

  it('takes one proposal, stored before it is applied', () => {
    const drive = propose(advised(), { action: 'skip' });
    expect(drive.task().status).toBe('recovering');
    expect(drive.last?.proposedFor).toEqual([0]);
    expect(drive.commands).toEqual([{ kind: 'applyRecovery', task: 0 }]);
    const before = drive.state;
    expect(propose(drive, { action: 'fail' }).state).toBe(before);
  });

  it('is applied once', () => {
    const drive = recovered({ action: 'retry', delayMs: 500 });
    const before = drive.state;
    expect(apply(drive).state).toBe(before);
  });

  it('applies what an earlier owner stored, and asks again only where nothing is', () => {
    const stored = { status: 'recovering', attempt: 1, failedAttempts: 1, error: aFailure() } as const;
    const proposal = { action: 'skip', source: 'test', reason: 'because' } as const;
    const tasks = [aStoredTask({ ...stored, proposal }), aStoredTask(stored)];
    const drive = Drive.of(tasksOf({ a: [], b: [] }), { tasks }).claim('taken-over');
    expect(drive.commands).toEqual([
      { kind: 'applyRecovery', task: 0 },
      { kind: 'adviseRecovery', task: 1 },
    ]);
    expect(apply(drive).task().status).toBe('skipped');
  });
});

describe('a proposal', () => {
  it('to retry waits as long as it says', () => {
    const drive = recovered({ action: 'retry', delayMs: 500 });
    expect(drive.task()).toMatchObject({ waitingFor: 'retry', wakeAt: drive.now + 500, failedAttempts: 1 });
    expect(drive.at(500).feed({ kind: 'timeReached' }).task().status).toBe('ready');
  });

  it('to skip releases the successors', () => {
    expect(recovered({ action: 'skip' }).statuses).toBe('skipped ready');
  });

  it('to fail fails', () => {
    expect(recovered({ action: 'fail' }).state.end?.status).toBe('failed');
  });

  it('to ask a person waits for one', () => {
    const drive = recovered({ action: 'ask_person', question: 'Again?' });
    expect(drive.task()).toMatchObject({
      status: 'waiting',
      waitingFor: 'person',
      wait: { form: 'recovery', question: 'Again?' },
    });
  });

  it('of an alternative that is not there is refused, and the rules decide', () => {
    const drive = recovered({ action: 'alternative' });
    expect(drive.task()).toMatchObject({ status: 'waiting', waitingFor: 'retry' });
    expect(drive.events.slice(-2)).toEqual(['recovery.refused a', 'task.failed a']);
  });

  it('of an alternative that is there starts it', () => {
    const task = aTask({ taskId: 'a', alternatives: [{ taskType: 'test.other', parameters: {} }] });
    const drive = recovered({ action: 'alternative' }, [task]);
    expect(drive.task()).toMatchObject({ status: 'ready', alternative: 1, failedAttempts: 0 });
  });
});
