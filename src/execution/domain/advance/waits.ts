import type { RunInput } from '../run-input.js';
import type { TaskState } from '../run-state.js';
import type { StepBuilder } from '../step-builder.js';
import { retryNow } from './answers.js';
import { childTimedOut } from './children.js';
import { expired, failAttempt } from './failure.js';
import { succeed } from './progress.js';

/** An attempt ended with something to wait for: a moment, or a person. */
export function beginWait(step: StepBuilder, input: Extract<RunInput, { kind: 'attemptWaits' }>): void {
  const { id, expirySeconds } = step.plan(input.task);
  const { waitingFor, wait } = input;
  const expiresAt = expirySeconds === null ? null : step.now + expirySeconds * 1000;
  const wakeAt = waitingFor === 'person' ? expiresAt : input.wakeAt;
  step.move(input.task, 'waiting', { waitingFor, wakeAt, wait });
  const until = wakeAt === null ? null : new Date(wakeAt).toISOString();
  step.event('task.waiting', { id, waitingFor, until }, input.task);
}

/** Timers, back-offs and expiries whose time has come. */
export function wakeDue(step: StepBuilder): void {
  if (step.state.paused || step.state.counts.waiting === 0) return;
  for (const [index, task] of step.state.tasks.entries()) {
    if (task.status === 'waiting' && task.wakeAt !== null && task.wakeAt <= step.now) wake(step, index, task);
  }
}

function wake(step: StepBuilder, index: number, { waitingFor, wait }: TaskState): void {
  if (waitingFor === 'person') return failAttempt(step, index, expired());
  if (waitingFor === 'retry') return retryNow(step, index, 'backoff');
  if (waitingFor === 'childRun') return childTimedOut(step, index);
  const json = JSON.stringify(wait?.['result'] ?? null);
  succeed(step, index, { result: { json }, source: 'handler' });
}
