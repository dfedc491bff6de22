import type { TaskFailure } from '../../tasks/domain/task-error.js';
import type { Proposal } from './proposal.js';
import { ruleBasedRecovery } from './rule-based-recovery.js';
import type { RunState, TaskPlan } from './run-state.js';

/** How many attempts of this alternative have failed, with the one that is being decided about. */
export function failedAttemptsOf({ tasks }: RunState, task: number): number {
  const { status, failedAttempts } = tasks.get(task);
  return status === 'recovering' ? failedAttempts : failedAttempts + 1;
}

/** What the rules do about the failed attempt of a task. */
export function decideByRules(state: RunState, task: number, failure: TaskFailure): Proposal {
  const { id, retry, alternatives } = state.plan[task] as TaskPlan;
  const { attempt, alternative } = state.tasks.get(task);
  return ruleBasedRecovery({
    failure,
    retry,
    failedAttempts: failedAttemptsOf(state, task),
    alternativesLeft: alternatives - alternative,
    jitterKey: `${id}:${attempt}`,
  });
}
