import { describe, expect, it } from '@jest/globals';
import { aTask, tasksOf } from '../../../../test/factories/definition.factory.js';
import { aFailure, aStoredTask } from '../../../../test/factories/run.factory.js';
import { asked, Drive } from '../../../../test/support/run-drive.js';
import type { RecoveryAction } from '../proposal.js';
import { nextMove } from '../next-move.js';
import { adjusted, attemptKey } from '../task-plan.js';

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

const OTHER = '01920000-0000-7000-8000-00000000000b';
const askedPerson = (): Drive =>
  recovered({
    ...{ action: 'ask_person', question: 'Again {{ run.input }}?', choices: ['retry', 'delegate', 'fail'] },
    ...{ agentIds: [OTHER], facts: { tried: 2 } },
  });
const answer = (drive: Drive, given: object): Drive =>
  drive.feed({
    kind: 'signal',
    signal: {
      ...{ kind: 'complete', task: 2, by: 'ada' },
      result: { json: JSON.stringify({ answer: given, by: 'ada' }) },
    },
  });

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
    const drive = askedPerson();
    expect(drive.task()).toMatchObject({
      status: 'waiting',
      waitingFor: 'children',
      error: { code: 'busy' },
    });
    expect(drive.task(2)).toMatchObject({
      ...{ status: 'waiting', waitingFor: 'person' },
      wait: {
        ...{ form: 'task', question: 'Again {{ run.input }}?' },
        details: {
          taskId: 'a',
          attempt: 1,
          error: { code: 'busy' },
          choices: ['retry', 'delegate', 'fail'],
          tried: 2,
        },
        answerSchema: {
          properties: { action: { enum: ['retry', 'delegate', 'fail'] }, toAgentId: { enum: [OTHER] } },
          required: ['action'],
        },
      },
    });
    expect(drive.state.plan[2]).toMatchObject({
      taskId: 'a-recovery',
      parent: 0,
      own: { taskType: 'human.task' },
    });
    expect(nextMove(drive.state, drive.now)).toEqual({ kind: 'park', wakeAt: null });
  });

  it.each([
    ['retry', 'ready pending succeeded', { attempt: 1, error: null }],
    ['delegate', 'ready pending succeeded', { agentId: OTHER, failedAttempts: 0 }],
    ['skip', 'skipped ready succeeded', {}],
    ['fail', 'failed cancelled succeeded', {}],
    ['alternative', 'failed cancelled succeeded', {}],
    ['compensate', 'failed cancelled succeeded', {}],
    ['dance', 'failed cancelled succeeded', {}],
  ])('to ask a person does what the person chooses: %s', (action, statuses, task) => {
    const drive = answer(askedPerson(), { action, toAgentId: OTHER });
    expect(drive.statuses).toBe(statuses);
    expect(drive.task()).toMatchObject(task);
  });

  it('to ask a person is answered once', () => {
    const drive = answer(askedPerson(), { action: 'retry' });
    expect(answer(drive, { action: 'fail' }).events.at(-1)).toBe('signal.refused a-recovery');
    expect(drive.task().status).toBe('ready');
  });

  it('to ask a person is over when somebody retries the task, or cancels the question', () => {
    expect(askedPerson().feed(asked('retryTask')).statuses).toBe('ready pending cancelled');
    expect(askedPerson().feed(asked('cancelTask', 2)).state.end?.status).toBe('failed');
  });

  it('to ask a person outlives its owner', () => {
    const drive = askedPerson();
    const rows = drive.state.plan.map(({ id, own }, index) => {
      const { openDependencies: _dependencies, openChildren: _children, ...row } = drive.task(index);
      return { ...row, id, own, parentTaskId: index === 2 ? (drive.state.plan[0]?.id ?? null) : null };
    });
    const next = Drive.of(tasksOf({ a: [], b: ['a'] }), { tasks: rows }).claim('taken-over');
    expect(next.commands).toEqual([]);
    expect(answer(next, { action: 'skip' }).statuses).toBe('skipped ready succeeded');
  });

  it('of other parameters changes the task for good, and it is another request', () => {
    const parameters = { seconds: 9 };
    const drive = propose(advised(), { action: 'retry', delayMs: 0, parameters });
    const key = attemptKey(drive.state, 0);
    const definition = adjusted({ tasks: [aTask({ taskId: 'a' })] }, drive.state, 0, parameters);
    drive.feed({ kind: 'applyRecovery', task: 0, attempt: 1, definition });
    expect(drive.last?.redefinedTasks).toEqual([0]);
    expect(drive.state.plan[0]?.own).toMatchObject({ taskId: 'a', parameters, adjustments: 1 });
    expect(attemptKey(drive.state, 0)).toBe(`${key}-adjusted-1`);
  });

  it('of anything else takes other parameters back', () => {
    const task = aTask({ taskId: 'a', parameters: { seconds: 1, url: 'x' } });
    const drive = propose(advised([task]), { action: 'retry', delayMs: 0, parameters: { seconds: 9 } });
    const definition = adjusted({ tasks: [task] }, drive.state, 0, { seconds: 9 });
    drive.feed({ kind: 'applyRecovery', task: 0, attempt: 1, definition }).feed({ kind: 'timeReached' });
    expect(adjusted({ tasks: [task] }, drive.state, 0, { url: 'y' }).parameters).toEqual({
      seconds: 1,
      url: 'y',
    });
    drive.start().feed({ kind: 'attemptFailed', task: 0, attempt: 2, failure: aFailure(), isAdvised: true });
    const proposal = { action: 'delegate', toAgentId: OTHER, source: 'test', reason: 'because' } as const;
    drive.feed({ kind: 'recoveryProposed', task: 0, attempt: 2, proposal });
    drive.feed({ kind: 'applyRecovery', task: 0, attempt: 2 });
    expect(drive.state.plan[0]?.own).toEqual({ ...task, adjustments: 2 });
    expect(drive.last?.redefinedTasks).toEqual([0]);
  });

  it('of other parameters without what the task becomes is refused', () => {
    const drive = recovered({ action: 'retry', delayMs: 0, parameters: { seconds: 9 } });
    expect(drive.events.slice(-2)).toEqual(['recovery.refused a', 'task.failed a']);
  });

  it('of another agent begins anew with that', () => {
    const drive = recovered({ action: 'delegate', toAgentId: OTHER });
    expect(drive.task()).toMatchObject({ status: 'ready', agentId: OTHER, failedAttempts: 0, error: null });
    expect(drive.commands).toEqual([{ kind: 'startAttempt', task: 0 }]);
    expect(drive.last?.reassignedTasks).toEqual([0]);
  });

  it('to clear up runs the compensation below the task, then the task again', () => {
    const compensation = { taskType: 'test.undo', parameters: {} };
    const drive = recovered({ action: 'compensate' }, [aTask({ taskId: 'a', compensation })]);
    expect(drive.statuses).toBe('waiting ready');
    expect(drive.run(1).statuses).toBe('ready succeeded');
    expect(drive.task()).toMatchObject({ attempt: 1, failedAttempts: 1 });
    expect(drive.events.at(-1)).toBe('task.retried a');
  });

  it('to clear up fails with what cannot be cleared up', () => {
    const compensation = { taskType: 'test.undo', parameters: {} };
    const drive = recovered({ action: 'compensate' }, [aTask({ taskId: 'a', compensation })]);
    drive.start(1).fail(1, aFailure({ retryable: false, code: 'stuck' }));
    expect(drive.state.end?.status).toBe('failed');
    expect(drive.task()).toMatchObject({ status: 'failed', error: { code: 'busy' } });
  });

  it('to clear up where nothing says how is refused', () => {
    expect(recovered({ action: 'compensate' }).events.slice(-2)).toEqual([
      'recovery.refused a',
      'task.failed a',
    ]);
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
