import type { RunInput } from '../run-input.js';
import type { StepBuilder } from '../step-builder.js';
import { failAttempt } from './failure.js';
import { pause } from './pause.js';
import { failTask } from './progress.js';

type AttemptFailed = Extract<RunInput, { kind: 'attemptFailed' }>;

/** An attempt failed for a model call that a budget refused: the run pauses with the task, or ends, or goes on by the rules. */
export function failForBudget(
  step: StepBuilder,
  { task, failure, isAdvised, onBudget }: AttemptFailed,
): void {
  const isInDoubt = step.task(task).effect === 'irreversible' && failure.effect === 'unknown';
  if (onBudget === undefined || isInDoubt || step.state.failing !== null)
    return failAttempt(step, task, failure, isAdvised);
  const { attempt } = step.task(task);
  step.event('budget.refused', { attempt, then: onBudget, message: failure.message }, task);
  if (onBudget === 'fail') {
    step.fail('budget_exhausted');
    return failTask(step, task, failure);
  }
  step.move(task, 'ready', { readyAt: step.now, error: failure });
  if (!step.state.paused) pause(step, 'budget');
}
