import type { TaskContext } from '../../tasks/domain/task-type.js';
import type { TaskPlan } from '../domain/run-state.js';
import { attemptKey } from '../domain/task-plan.js';
import type { AttemptHost } from './attempt-host.js';

/** What a handler is told of an attempt, but for its signal and the time. */
export function attemptContext(
  { runId, workflowId, assisted, state }: Pick<AttemptHost, 'runId' | 'workflowId' | 'assisted' | 'state'>,
  task: number,
  attempt: number,
): Omit<TaskContext, 'signal' | 'now'> {
  const { id, taskId } = state.plan[task] as TaskPlan;
  const { agentId } = state.tasks.get(task);
  return {
    ...{ runId, workflowId, agentId, assisted, id, taskId, attempt },
    idempotencyKey: attemptKey(state, task),
  };
}
