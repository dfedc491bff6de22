import { TaskError } from '../../tasks/domain/task-error.js';
import type { TaskOutcome } from '../../tasks/domain/task-outcome.js';
import type { TaskContext } from '../../tasks/domain/task-type.js';

export interface Attempt {
  execute(context: TaskContext): Promise<TaskOutcome<unknown>>;
  readonly context: Omit<TaskContext, 'signal' | 'now'>;
  readonly timeoutSeconds: number;
  /** Aborted when the run ends or changes its owner. */
  readonly controller: AbortController;
}

/** setTimeout fires at once above this (2³¹ − 1 ms, 24.8 days). */
const MAX_TIMER_MS = 2_147_483_647;

function timedOut(seconds: number): TaskError {
  return new TaskError({
    code: 'attempt_timed_out',
    class: 'timeout',
    message: `The attempt took longer than its time limit of ${seconds} s.`,
  });
}

/**
 * Runs one attempt to its outcome, its error, its time limit or its abort, whichever is first. A handler that does not
 * heed its signal is left behind: what it still answers is dropped.
 */
export async function runAttempt(attempt: Attempt): Promise<TaskOutcome<unknown>> {
  const { context, timeoutSeconds, controller } = attempt;
  const { signal } = controller;
  // It may have come while the start was stored: a handler that has not begun must not begin.
  signal.throwIfAborted();
  let onAbort: (() => void) | undefined;
  const aborted = new Promise<never>((_resolve, reject) => {
    onAbort = () => reject(signal.reason as Error);
    signal.addEventListener('abort', onAbort, { once: true });
  });
  const timer = setTimeout(
    () => controller.abort(timedOut(timeoutSeconds)),
    Math.min(timeoutSeconds * 1000, MAX_TIMER_MS),
  );
  try {
    const work = attempt.execute({ ...context, signal, now: () => new Date() });
    return await Promise.race([work, aborted]);
  } finally {
    clearTimeout(timer);
    if (onAbort !== undefined) signal.removeEventListener('abort', onAbort);
  }
}
