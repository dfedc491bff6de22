import { classifyFailure } from '../../tasks/domain/classify-failure.js';
import { type ErrorClass, TaskError, type TaskFailure } from '../../tasks/domain/task-error.js';

/** An error that somebody describes, as a failure that nothing is known of beyond that; without a class its message tells. */
export function toFailure(error: {
  readonly code: string;
  readonly class?: ErrorClass | undefined;
  readonly message: string;
}): TaskFailure {
  const { code, class: errorClass = 'unexpected', message } = error;
  return classifyFailure(new TaskError({ code, class: errorClass, message }).failure);
}
