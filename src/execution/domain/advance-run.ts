import { assertNever } from '../../common/assert-never.js';
import { expired, failAttempt, failTask, interrupt } from './advance/failure.js';
import { applySignal } from './advance/signals.js';
import { endRun, settle } from './advance/settle.js';
import { finishTask, releaseReadyTasks } from './advance/progress.js';
import type { RunInput } from './run-input.js';
import type { RunState, Step, TaskState } from './run-state.js';
import { StepBuilder } from './step-builder.js';

/**
 * One step of a run: what follows from `input` at `now` (ms). Pure and total: an input that no longer fits (a late
 * result, the same input twice) changes nothing. Order, retries, time limits, conditions and ends are decided here;
 * the shell stores the step, then carries out its commands.
 */
export function advanceRun(state: RunState, input: RunInput, now: number): Step {
  const step = new StepBuilder(state, now);
  if (state.end === null) {
    apply(step, input);
    settle(step);
  }
  return step.build();
}

function apply(step: StepBuilder, input: RunInput): void {
  switch (input.kind) {
    case 'claimed':
      return claimed(step, input.how);
    case 'poisoned':
      return endRun(step, 'failed', 'poison');
    case 'attemptStarted':
      return attemptStarted(step, input);
    case 'conditionFalse':
      if (step.task(input.task).status === 'ready') finishTask(step, input.task, 'skipped', {});
      return;
    case 'startFailed':
      if (step.task(input.task).status === 'ready') failTask(step, input.task, input.failure);
      return;
    case 'attemptSucceeded':
      if (!isCurrentAttempt(step, input)) return;
      return finishTask(step, input.task, 'succeeded', { result: input.result, source: 'handler' });
    case 'attemptWaits':
      return attemptWaits(step, input);
    case 'attemptFailed':
      if (isCurrentAttempt(step, input)) failAttempt(step, input.task, input.failure);
      return;
    case 'timeReached':
      return timeReached(step);
    case 'signal':
      return applySignal(step, input.signal);
    case 'outputResolved':
      if (!step.state.completing) return;
      step.end({ status: 'succeeded', reason: null, output: input.output });
      return step.event('run.succeeded');
    case 'outputFailed':
      if (step.state.completing) endRun(step, 'failed', 'output_failed', { message: input.message });
      return;
    default:
      return assertNever(input);
  }
}

function isCurrentAttempt(
  step: StepBuilder,
  input: { readonly task: number; readonly attempt: number },
): boolean {
  const task = step.task(input.task);
  return task.status === 'running' && task.attempt === input.attempt;
}

/** A new owner: what the previous one left running is interrupted, what is ready starts (again). */
function claimed(step: StepBuilder, how: 'started' | 'resumed' | 'taken-over'): void {
  step.event(`run.${how}`);
  for (const [index, task] of step.state.tasks.entries()) {
    if (task.status === 'running') interrupt(step, index);
    else if (task.status === 'ready') step.command({ kind: 'startAttempt', task: index });
  }
  releaseReadyTasks(step);
}

function attemptStarted(step: StepBuilder, input: Extract<RunInput, { kind: 'attemptStarted' }>): void {
  const before = step.task(input.task);
  if (before.status !== 'ready' || step.state.failing !== null) return;
  const attempt = before.attempt + 1;
  step.move(input.task, 'running', { attempt, effect: input.effect, startedAt: step.now });
  step.event('task.started', { attempt, agentId: step.plan(input.task).agentId }, input.task);
}

function attemptWaits(step: StepBuilder, input: Extract<RunInput, { kind: 'attemptWaits' }>): void {
  if (!isCurrentAttempt(step, input)) return;
  const { id, expirySeconds } = step.plan(input.task);
  const { waitingFor, wait } = input;
  const expiresAt = expirySeconds === null ? null : step.now + expirySeconds * 1000;
  const wakeAt = waitingFor === 'person' ? expiresAt : input.wakeAt;
  step.move(input.task, 'waiting', { waitingFor, wakeAt, wait });
  const until = wakeAt === null ? null : new Date(wakeAt).toISOString();
  step.event('task.waiting', { id, waitingFor, until }, input.task);
}

/** Timers, back-offs and expiries that are due; a run past its deadline ends, whatever is under way. */
function timeReached(step: StepBuilder): void {
  const { deadlineAt } = step.state;
  if (deadlineAt !== null && deadlineAt <= step.now) return endRun(step, 'failed', 'timed_out');
  if (step.state.counts.waiting === 0) return;
  for (const [index, task] of step.state.tasks.entries()) {
    if (task.status === 'waiting' && task.wakeAt !== null && task.wakeAt <= step.now) wake(step, index, task);
  }
}

function wake(step: StepBuilder, index: number, { waitingFor, attempt, wait }: TaskState): void {
  if (waitingFor === 'person') return failTask(step, index, expired());
  if (waitingFor === 'retry') {
    step.move(index, 'ready', { readyAt: step.now, error: null });
    step.event('task.retried', { attempt: attempt + 1, reason: 'backoff' }, index);
    return step.command({ kind: 'startAttempt', task: index });
  }
  const json = JSON.stringify(wait?.['result'] ?? null);
  finishTask(step, index, 'succeeded', { result: { json }, source: 'handler' });
}
