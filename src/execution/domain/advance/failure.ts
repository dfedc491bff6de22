import type { TaskFailure } from '../../../tasks/domain/task-error.js';
import { retryDelayMs } from '../retry-delay.js';
import type { StepBuilder } from '../step-builder.js';
import { finishTask } from './progress.js';

/** What an irreversible attempt becomes when nobody knows whether it had its effect: never repeated. */
export function effectUnknown(why: string): TaskFailure {
  return {
    code: 'effect_unknown',
    class: 'unexpected',
    message: `The attempt may or may not have had its effect (${why}). It is not repeated: check the other side first.`,
    retryable: false,
    effect: 'unknown',
  };
}

/** What a question becomes that nobody answered in time. */
export function expired(): TaskFailure {
  const message = 'Nobody answered within timeoutSeconds of the task.';
  return { code: 'expired', class: 'timeout', message, retryable: false, effect: 'none' };
}

/** An attempt failed: try again later where that is safe and allowed, else the task has failed. */
export function failAttempt(step: StepBuilder, task: number, reported: TaskFailure): void {
  const { effect, failedAttempts, attempt } = step.task(task);
  // What has no effect has had none, whatever ended it: a time limit, a crash of its process, an error without a word.
  const failure: TaskFailure = effect === 'none' ? { ...reported, effect } : reported;
  if (effect === 'irreversible' && failure.effect === 'unknown') {
    return failTask(step, task, effectUnknown(`${failure.code}: ${failure.message}`));
  }
  const { id, retry } = step.plan(task);
  const failed = failedAttempts + 1;
  if (!failure.retryable || failed >= retry.maxAttempts || step.state.failing !== null) {
    return failTask(step, task, failure);
  }
  const delayMs = retryDelayMs(retry, failed, `${id}:${attempt}`, failure.retryAfterSeconds);
  const wakeAt = step.now + delayMs;
  step.move(task, 'waiting', { waitingFor: 'retry', wakeAt, failedAttempts: failed, error: failure });
  const until = new Date(wakeAt).toISOString();
  step.event('task.failed', { attempt, final: false, error: { ...failure }, retryAt: until }, task);
}

/** The task has failed for good; unless it is optional, so has the run. */
export function failTask(step: StepBuilder, task: number, failure: TaskFailure): void {
  if (!step.plan(task).optional) step.fail('task_failed');
  finishTask(step, task, 'failed', { error: failure });
}

/** The previous owner died while this attempt ran: start again with the same key, unless that could do harm. */
export function interrupt(step: StepBuilder, task: number): void {
  const { effect, attempt } = step.task(task);
  if (effect === 'irreversible') return failTask(step, task, effectUnknown('its process ended while it ran'));
  step.move(task, 'ready', { readyAt: step.now });
  step.event('task.retried', { attempt: attempt + 1, reason: 'interrupted' }, task);
  step.command({ kind: 'startAttempt', task });
}
