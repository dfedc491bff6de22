import type { TaskFailure } from '../../tasks/domain/task-error.js';
import type { Proposal } from './proposal.js';
import { retryDelayMs } from './retry-delay.js';
import type { TaskPlan } from './run-state.js';

/** What the rules look at. */
export interface FailedAttempt {
  readonly failure: TaskFailure;
  readonly retry: TaskPlan['retry'];
  /** Of this alternative, this one included. */
  readonly failedAttempts: number;
  readonly alternativesLeft: number;
  /** The same for the same attempt of the same task. */
  readonly jitterKey: string;
}

/**
 * What to do about a failed attempt when nobody is asked: the same again while its error may pass and attempts are
 * left, then the next alternative, else the task has failed.
 */
export function ruleBasedRecovery(failed: FailedAttempt): Proposal {
  const { failure, retry, failedAttempts, alternativesLeft, jitterKey } = failed;
  if (failure.retryable && failedAttempts < retry.maxAttempts) {
    const delayMs = retryDelayMs(retry, failedAttempts, jitterKey, failure.retryAfterSeconds);
    return {
      action: 'retry',
      delayMs,
      source: 'rules',
      reason: `an error of class ${failure.class} may pass`,
    };
  }
  const why = failure.retryable ? 'no attempt is left' : `an error of class ${failure.class} does not pass`;
  if (alternativesLeft > 0) return { action: 'alternative', source: 'rules', reason: why };
  return { action: 'fail', source: 'rules', reason: why };
}
