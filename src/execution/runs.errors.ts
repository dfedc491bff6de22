import type { Issue } from '../common/issue.js';
import { ConflictError, InvalidInputError, TandemError } from '../common/tandem-error.js';
import type { RunStatus } from './domain/status.js';
import type { Doubt } from './runs-store.port.js';

/** Agents named in one answer. */
const MAX_ALLOWED = 100;
/** How to answer what a task asks, by the form of the question. */
const ANSWERS: Readonly<Record<string, string>> = {
  approval: 'It asks for a decision: POST …/approve or …/reject.',
  task: 'It asks for an answer: POST …/complete.',
  recovery: 'It failed and asks what to do: POST …/retry or …/cancel.',
};

/** Of signals whose kind is not what a person calls it. */
const NAMES: Readonly<Record<string, string>> = { cancelTask: 'cancel', retryTask: 'retry' };

export const runEnded = (runId: string, status: RunStatus): ConflictError =>
  new ConflictError('run_ended', `Run ${runId} has ended as ${status}; nothing can be asked of it any more.`);

const SHOWN_TASKS = 5;

/** `begun`: tasks it would change and that have; none: the run was changed otherwise. */
export function planOutdated(runId: string, planId: string, begun: readonly string[]): ConflictError {
  const why =
    begun.length === 0
      ? 'the run was changed since'
      : `${begun.slice(0, SHOWN_TASKS).join(', ')}${begun.length > SHOWN_TASKS ? ', …' : ''} began since`;
  return new ConflictError(
    'plan_outdated',
    `Plan ${planId} does not fit run ${runId} any more: ${why}. POST /api/v1/runs/${runId}/adapt makes a new one.`,
  );
}

export const runNotRetryable = (runId: string, status: RunStatus): ConflictError =>
  new ConflictError(
    'run_not_retryable',
    `Run ${runId} is ${status}; only a failed or cancelled run can be retried.`,
  );

export function runInDoubt(runId: string, doubts: readonly Doubt[]): TandemError {
  return new TandemError({
    kind: 'conflict',
    code: 'run_in_doubt',
    message: `Run ${runId} cannot be retried while nobody knows what became of its tasks in \`errors\`. Say so first, of each: POST /api/v1/tasks/{id}/resolve.`,
    issues: doubts.map(({ id, runId: inRun, taskId }) => ({
      code: 'effect_unknown',
      pointer: '',
      message: `Task ${taskId}${inRun === runId ? '' : ` of child run ${inRun}`}: POST /api/v1/tasks/${id}/resolve.`,
    })),
  });
}

export const taskNotWaiting = (taskId: string, status: string): ConflictError =>
  new ConflictError(
    'task_not_waiting',
    `Task ${taskId} is ${status} and waits for no person. GET /api/v1/tasks?status=waiting&waitingFor=person lists what does.`,
  );

export const wrongAnswerRoute = (taskId: string, form: string): ConflictError =>
  new ConflictError('wrong_answer', `Task ${taskId} waits for something else. ${ANSWERS[form] ?? ''}`.trim());

export const runNotPausable = (runId: string, status: RunStatus): ConflictError =>
  status === 'paused'
    ? new ConflictError('run_paused', `Run ${runId} is paused already.`)
    : new ConflictError('run_not_pausable', `Run ${runId} is ${status} and cannot be paused now.`);

export const runNotPaused = (runId: string, status: RunStatus): ConflictError =>
  new ConflictError('run_not_paused', `Run ${runId} is ${status}; there is nothing to resume.`);

export const taskEnded = (taskId: string, status: string): ConflictError =>
  new ConflictError(
    'task_ended',
    status === 'unknown'
      ? `Nobody knows what became of task ${taskId}. Say so first: POST /api/v1/tasks/${taskId}/resolve.`
      : `Task ${taskId} has ended as ${status}; nothing can be asked of it any more.`,
  );

export const taskNotRetryable = (taskId: string, status: string): ConflictError =>
  new ConflictError(
    'task_not_retryable',
    `Task ${taskId} is ${status}; only one that waits for its next attempt, or for a person after a failure, can be retried. A failed one is executed again by POST /api/v1/runs/{runId}/retry.`,
  );

export const taskResolved = (
  taskId: string,
  { by, outcome }: { readonly by: string; readonly outcome: string },
): ConflictError =>
  new ConflictError('task_resolved', `Of task ${taskId} it was said already, by ${by}: ${outcome}.`);

export const taskNotUnknown = (taskId: string, status: string): ConflictError =>
  new ConflictError('task_not_unknown', `Task ${taskId} is ${status}; there is no doubt to resolve.`);

export const effectInProgress = (taskId: string): ConflictError =>
  new ConflictError(
    'effect_in_progress',
    `The attempt of task ${taskId} may already have had an effect that cannot be undone; let it end first.`,
  );

export function notDelegable(
  toAgentId: string,
  task: { readonly id: string },
  allowed: readonly string[],
  why: string,
): TandemError {
  return new TandemError({
    kind: 'conflict',
    code: 'not_delegable',
    message: `Agent ${toAgentId} cannot take task ${task.id}: ${why}. \`errors\` names the agents that can.`,
    issues: [
      {
        code: 'no_capable_agent',
        pointer: '/toAgentId',
        message: allowed.length === 0 ? 'No agent can take it.' : 'One of `allowed` can take it.',
        allowed: allowed.slice(0, MAX_ALLOWED),
      },
    ],
  });
}

export const spawnedTooDeep = (taskId: string, depth: number): ConflictError =>
  new ConflictError(
    'spawned_too_deep',
    `Task ${taskId} was spawned ${depth} deep; it cannot spawn any further.`,
  );

export function invalidAnswer(issues: readonly Issue[]): InvalidInputError {
  return new InvalidInputError(
    'invalid_answer',
    'The answer does not fit what the task asks for; `errors` lists every issue.',
    issues,
  );
}

export const signalPending = (kind: string): ConflictError =>
  new ConflictError('signal_pending', `${NAMES[kind] ?? kind} was asked before and is about to be applied.`);

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
