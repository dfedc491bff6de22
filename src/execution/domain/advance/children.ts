import { storableMessage, type TaskFailure } from '../../../tasks/domain/task-error.js';
import { waitForChild } from '../child-run.js';
import type { RunInput, SignalBody } from '../run-input.js';
import type { StepBuilder } from '../step-builder.js';
import { refuse } from './answers.js';
import { failAttempt } from './failure.js';
import { succeed } from './progress.js';

/** The attempt has become a run of its own; it is written with this step. */
export function beginChild(step: StepBuilder, input: Extract<RunInput, { kind: 'attemptBecomesRun' }>): void {
  const { task, child } = input;
  const { id, expirySeconds } = step.plan(task);
  const wakeAt = expirySeconds === null ? null : step.now + expirySeconds * 1000;
  step.move(task, 'waiting', { waitingFor: 'childRun', wakeAt, wait: waitForChild(child) });
  step.startChild(child);
  const until = wakeAt === null ? null : new Date(wakeAt).toISOString();
  step.event('task.waiting', { id, waitingFor: 'childRun', until, runId: child.id }, task);
}

/** The child run has ended: so has the attempt. */
export function childEnded(step: StepBuilder, signal: Extract<SignalBody, { kind: 'childEnded' }>): void {
  const { task, end } = signal;
  const { waitingFor, wait, status } = step.task(task);
  if (waitingFor !== 'childRun' || wait?.['runId'] !== end.runId)
    return refuse(step, signal, status === 'waiting' ? 'it waits for another run' : `the task is ${status}`);
  step.childHasEnded(task);
  if (end.status === 'succeeded') return succeed(step, task, { result: end.result, source: 'handler' });
  const why = end.reason === null ? '' : ` (${end.reason})`;
  const failure: TaskFailure = {
    code: end.status === 'cancelled' ? 'child_run_cancelled' : 'child_run_failed',
    class: 'dependency',
    message: storableMessage(
      `Run ${end.runId} ended as ${end.status}${why}. GET /api/v1/runs/${end.runId} tells more.`,
    ),
    retryable: false,
    effect: 'unknown',
  };
  failAttempt(step, task, failure);
}

/** The time limit of the task is over: the attempt has failed, its child run is cancelled. */
export function childTimedOut(step: StepBuilder, task: number): void {
  const failure: TaskFailure = {
    code: 'attempt_timed_out',
    class: 'timeout',
    message: 'The child run took longer than the time limit of the task.',
    retryable: true,
    effect: 'unknown',
  };
  failAttempt(step, task, failure);
}
