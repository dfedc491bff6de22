import type { Issue } from '../common/issue.js';
import { ConflictError, InvalidInputError, TandemError } from '../common/tandem-error.js';
import type { RunStatus } from './domain/status.js';

export const runEnded = (runId: string, status: RunStatus): ConflictError =>
  new ConflictError('run_ended', `Run ${runId} has ended as ${status}; nothing can be asked of it any more.`);

export const runNotRetryable = (runId: string, status: RunStatus): ConflictError =>
  new ConflictError(
    'run_not_retryable',
    `Run ${runId} is ${status}; only a failed or cancelled run can be retried.`,
  );

export const taskNotWaiting = (taskId: string, status: string): ConflictError =>
  new ConflictError(
    'task_not_waiting',
    `Task ${taskId} is ${status} and waits for no person. GET /api/v1/tasks?status=waiting&waitingFor=person lists what does.`,
  );

export const signalPending = (kind: string): ConflictError =>
  new ConflictError('signal_pending', `The same was asked before (${kind}) and is about to be applied.`);

export const noResult = (taskId: string, status: string): ConflictError =>
  new ConflictError('no_result', `Task ${taskId} is ${status} and has no result.`);

export function notStartable(issues: readonly Issue[]): TandemError {
  return new TandemError({
    kind: 'conflict',
    code: 'not_startable',
    message: 'The workflow cannot start now; `errors` lists every task that has no fit agent.',
    issues,
  });
}

export function agentNotActive(agentId: string, status: string): ConflictError {
  return new ConflictError(
    'agent_not_active',
    `Agent ${agentId} is ${status} and takes no tasks. PATCH its status to "active" first.`,
  );
}

export function invalidInput(issues: readonly Issue[]): InvalidInputError {
  return new InvalidInputError(
    'invalid_input',
    'The input does not fit the inputSchema of the definition; `errors` lists every issue.',
    issues,
  );
}

export function invalidTask(issues: readonly Issue[]): InvalidInputError {
  return new InvalidInputError(
    'invalid_task',
    'The task cannot be executed as it is; `errors` lists every issue.',
    issues,
  );
}
