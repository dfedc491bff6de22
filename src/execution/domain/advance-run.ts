import { assertNever } from '../../common/assert-never.js';
import { probedNotDone } from './advance/answers.js';
import { beginChild } from './advance/children.js';
import { failForBudget } from './advance/budget.js';
import { interrupt } from './advance/failure.js';
import { followUp } from './advance/follow-up.js';
import { askAgain, freePermitsOfReady, permitAnswered, permitAsked } from './advance/permits.js';
import { failTask, finishTask, releaseReadyTasks, succeed } from './advance/progress.js';
import { applyStored, propose } from './advance/recovery.js';
import { endRun, settle, timeOut } from './advance/settle.js';
import { applySignal } from './advance/signals.js';
import { beginWait, wakeDue } from './advance/waits.js';
import type { RunInput } from './run-input.js';
import type { RunState, Step } from './run-state.js';
import type { TaskStatus } from './status.js';
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
    followUp(step);
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
    case 'permitAsked':
      return permitAsked(step, input.task);
    case 'permitAnswered':
      return permitAnswered(step, input);
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
      if (input.note !== undefined) step.event(input.note.type, input.note.data, input.task);
      return succeed(step, input.task, { result: input.result, source: 'handler' });
    case 'attemptWaits':
      if (isCurrentAttempt(step, input)) beginWait(step, input);
      return;
    case 'attemptBecomesRun':
      if (isCurrentAttempt(step, input)) beginChild(step, input);
      return;
    case 'attemptFailed':
      if (isCurrentAttempt(step, input)) failForBudget(step, input);
      return;
    case 'recoveryProposed':
      if (isCurrentAttempt(step, input, 'recovering') && step.task(input.task).proposal === null)
        propose(step, input.task, input);
      return;
    case 'applyRecovery':
      if (isCurrentAttempt(step, input, 'recovering')) applyStored(step, input.task, input.definition);
      return;
    case 'probedDone':
      if (!isCurrentAttempt(step, input, 'unknown')) return;
      step.event('task.resolved', { outcome: 'succeeded', by: 'probe', comment: null }, input.task);
      return succeed(step, input.task, { result: input.result, source: 'probe' });
    case 'probedNotDone':
      if (isCurrentAttempt(step, input, 'unknown')) probedNotDone(step, input.task);
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
  status: TaskStatus = 'running',
): boolean {
  const task = step.task(input.task);
  return task.status === status && task.attempt === input.attempt;
}

/** A new owner: what the previous one left running is interrupted, what is ready starts (again). */
function claimed(step: StepBuilder, how: 'started' | 'resumed' | 'taken-over'): void {
  // A paused run that was claimed to take a signal has not been resumed.
  if (how !== 'resumed' || !step.state.paused) step.event(`run.${how}`);
  for (const [task, { status, proposal }] of step.state.tasks.entries()) {
    if (status === 'running') interrupt(step, task);
    else if (status === 'ready') startAgain(step, task);
    else if (status === 'unknown') step.command({ kind: 'probe', task });
    else if (status === 'recovering')
      step.command({ kind: proposal === null ? 'adviseRecovery' : 'applyRecovery', task });
  }
  releaseReadyTasks(step);
  if (step.state.paused) freePermitsOfReady(step);
}

function startAgain(step: StepBuilder, task: number): void {
  if (!step.state.paused) askAgain(step, task);
  step.command({ kind: 'startAttempt', task });
}

function attemptStarted(step: StepBuilder, input: Extract<RunInput, { kind: 'attemptStarted' }>): void {
  const before = step.task(input.task);
  if (before.status !== 'ready' || step.state.failing !== null || step.state.paused) return;
  const attempt = before.attempt + 1;
  step.move(input.task, 'running', { attempt, effect: input.effect, startedAt: step.now });
  step.event('task.started', { attempt, agentId: before.agentId }, input.task);
}

/** What is due goes on; a run past its deadline ends, whatever is under way. */
function timeReached(step: StepBuilder): void {
  const { deadlineAt, failing, compensating } = step.state;
  const isOver = failing !== null || compensating !== null;
  if (!isOver && deadlineAt !== null && deadlineAt <= step.now) return timeOut(step);
  wakeDue(step);
}
