import type { TaskFailure } from '../../../tasks/domain/task-error.js';
import type { StepBuilder } from '../step-builder.js';

/** Why nobody knows what became of an attempt. */
export function effectUnknown(why: string): TaskFailure {
  return {
    code: 'effect_unknown',
    class: 'unexpected',
    message: `The attempt may or may not have had its effect (${why.replace(/\.$/, '')}). It is not repeated: check the other side first.`,
    retryable: false,
    effect: 'unknown',
  };
}

/** An attempt that may have done what cannot be undone: never repeated before somebody knows. */
export function becomeUnknown(step: StepBuilder, task: number, why: string): void {
  const error = effectUnknown(why);
  const { attempt } = step.task(task);
  step.move(task, 'unknown', { error });
  step.event('task.unknown', { id: step.plan(task).id, attempt, error: { ...error } }, task);
  step.command({ kind: 'probe', task });
}
