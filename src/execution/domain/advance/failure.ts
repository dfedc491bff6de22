import type { TaskFailure } from '../../../tasks/domain/task-error.js';
import type { TaskState } from '../run-state.js';
import { decideByRules } from '../decide-by-rules.js';
import type { StepBuilder } from '../step-builder.js';
import { becomeUnknown } from './doubt.js';
import { failTask } from './progress.js';
import { applyProposal } from './recovery.js';

/** What a question becomes that nobody answered in time. */
export function expired(): TaskFailure {
  const message = 'Nobody answered within timeoutSeconds of the task.';
  return { code: 'expired', class: 'timeout', message, retryable: false, effect: 'none' };
}

/** An attempt failed. What to do about it is decided by the rules at once, or by an advisor once it is on record. */
export function failAttempt(step: StepBuilder, task: number, reported: TaskFailure, isAdvised = false): void {
  const { effect, failedAttempts, attempt } = step.task(task);
  // What has no effect has had none, whatever ended it: a time limit, a crash of its process, an error without a word.
  const failure: TaskFailure = effect === 'none' ? { ...reported, effect } : reported;
  if (effect === 'irreversible' && failure.effect === 'unknown')
    return becomeUnknown(step, task, `${failure.code}: ${failure.message}`);
  if (step.state.failing !== null) return failTask(step, task, failure);
  if (!isAdvised) return applyProposal(step, task, failure, decideByRules(step.state, task, failure));
  const change: Partial<TaskState> = { error: failure, failedAttempts: failedAttempts + 1 };
  step.move(task, 'recovering', change);
  step.event('task.recovering', { attempt, error: { ...failure } }, task);
  step.command({ kind: 'adviseRecovery', task });
}

/** The previous owner died while this attempt ran: start again with the same key, unless that could do harm. */
export function interrupt(step: StepBuilder, task: number): void {
  const { effect, attempt } = step.task(task);
  if (effect === 'irreversible') return becomeUnknown(step, task, 'its process ended while it ran');
  step.move(task, 'ready', { readyAt: step.now });
  step.event('task.retried', { attempt: attempt + 1, reason: 'interrupted' }, task);
  step.command({ kind: 'startAttempt', task });
}
