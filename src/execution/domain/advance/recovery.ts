import { assertNever } from '../../../common/assert-never.js';
import type { TaskFailure } from '../../../tasks/domain/task-error.js';
import { decideByRules, failedAttemptsOf } from '../decide-by-rules.js';
import { personQuestion } from '../person-question.js';
import type { Proposal, RecoveryAction } from '../proposal.js';
import type { RunInput } from '../run-input.js';
import type { OwnDefinition } from '../run-state.js';
import type { StepBuilder } from '../step-builder.js';
import { restored } from '../task-plan.js';
import { waitForHelper } from './helpers.js';
import { failTask, finishTask, makeReady } from './progress.js';

/** Puts a proposal on record; it is applied once that is stored. */
export function propose(
  step: StepBuilder,
  task: number,
  { proposal, refused }: Pick<Extract<RunInput, { kind: 'recoveryProposed' }>, 'proposal' | 'refused'>,
): void {
  const { action, source, reason, details = {} } = proposal;
  const { attempt } = step.task(task);
  step.propose(task, proposal);
  if (refused !== undefined) step.event('recovery.refused', { attempt, reason: refused }, task);
  step.event('recovery.proposed', { attempt, action, source, reason, ...details }, task);
  step.command({ kind: 'applyRecovery', task });
}

/** Why a proposal cannot be applied; null: it can. */
function whyNot(
  step: StepBuilder,
  task: number,
  proposal: RecoveryAction,
  definition: OwnDefinition | undefined,
): string | null {
  const { alternatives, compensation } = step.plan(task);
  if (proposal.action === 'alternative' && step.task(task).alternative >= alternatives)
    return 'the task has no alternative left';
  if (proposal.action === 'compensate' && (compensation ?? null) === null)
    return 'the task has no compensation';
  if (proposal.action === 'retry' && proposal.parameters !== undefined && definition === undefined)
    return 'its parameters cannot be changed';
  return null;
}

/**
 * Applies the proposal on record; one that cannot be applied is refused and the rules decide. `definition`: what the
 * task becomes where the proposal changes its parameters.
 */
export function applyStored(step: StepBuilder, task: number, definition?: OwnDefinition): void {
  const { proposal, error, attempt } = step.task(task);
  if (proposal === null || error === null) return;
  const { action, source, details = {} } = proposal;
  const recovery = details['recovery'];
  const data = { attempt, action, source, ...(recovery !== undefined && { recovery }) };
  const reason = whyNot(step, task, proposal, definition);
  if (reason !== null) {
    step.event('recovery.refused', { ...data, reason }, task);
    return applyProposal(step, task, error, decideByRules(step.state, task, error));
  }
  step.event('recovery.applied', data, task);
  // Other parameters are for one recovery: what is done otherwise is done to the task as it was.
  const changed = proposal.action === 'retry' && proposal.parameters !== undefined ? definition : null;
  const own = changed ?? restored(step.plan(task).own);
  if (own !== null) step.redefine(task, own);
  applyProposal(step, task, error, proposal);
}

/** The attempt has failed, and the task has not. */
function attemptFailed(step: StepBuilder, task: number, failure: TaskFailure, more: object = {}): void {
  const { attempt } = step.task(task);
  step.event('task.failed', { attempt, final: false, error: { ...failure }, ...more }, task);
}

export function applyProposal(
  step: StepBuilder,
  task: number,
  failure: TaskFailure,
  proposal: Proposal,
): void {
  switch (proposal.action) {
    case 'retry':
      return retryLater(step, task, failure, step.now + proposal.delayMs);
    case 'delegate':
    case 'alternative':
      attemptFailed(step, task, failure);
      return tryOtherwise(step, task, proposal, proposal.source);
    case 'compensate':
      attemptFailed(step, task, failure);
      return clearUp(step, task, failure);
    case 'skip':
      attemptFailed(step, task, failure);
      return finishTask(step, task, 'skipped', { error: failure });
    case 'ask_person':
      attemptFailed(step, task, failure);
      return askPerson(step, task, failure, proposal);
    case 'fail':
      return failTask(step, task, failure);
    default:
      return assertNever(proposal);
  }
}

function retryLater(step: StepBuilder, task: number, failure: TaskFailure, wakeAt: number): void {
  const failed = failedAttemptsOf(step.state, task);
  step.move(task, 'waiting', { waitingFor: 'retry', wakeAt, failedAttempts: failed, error: failure });
  attemptFailed(step, task, failure, { retryAt: new Date(wakeAt).toISOString() });
}

/** The next attempt is by another agent, or does it another way: what failed before does not count for it. */
export function tryOtherwise(
  step: StepBuilder,
  task: number,
  how: Extract<RecoveryAction, { action: 'delegate' | 'alternative' }>,
  by: string,
): void {
  const { attempt, alternative, agentId } = step.task(task);
  step.move(task, 'ready', { readyAt: step.now, failedAttempts: 0, error: null });
  if (how.action === 'delegate') {
    step.reassign(task, { agentId: how.toAgentId });
    step.event('task.delegated', { from: agentId, to: how.toAgentId, by }, task);
    step.event('task.retried', { attempt: attempt + 1, reason: 'delegated' }, task);
  } else {
    step.reassign(task, { alternative: alternative + 1 });
    const next = { attempt: attempt + 1, reason: 'alternative', alternative: alternative + 1 };
    step.event('task.retried', next, task);
  }
  step.command({ kind: 'startAttempt', task });
}

/** The compensation of the task runs as a task below it; then the task is tried again. */
export function clearUp(step: StepBuilder, task: number, failure: TaskFailure): void {
  const { compensation } = step.plan(task);
  if (compensation === null || compensation === undefined) return failTask(step, task, failure);
  keepError(step, task, failure);
  makeReady(
    step,
    waitForHelper(step, task, { kind: 'compensation', work: compensation, suffix: 'compensation' }),
  );
}

/** A `human.task` below the task asks what to do. It asks nobody's handler, so nothing in it is a reference. */
function askPerson(
  step: StepBuilder,
  task: number,
  failure: TaskFailure,
  proposal: Extract<RecoveryAction, { action: 'ask_person' }>,
): void {
  const { attempt } = step.task(task);
  const { taskId } = step.plan(task);
  const parameters = personQuestion(proposal, { taskId, attempt, failure });
  keepError(step, task, failure);
  const work = { taskType: 'human.task', parameters };
  const asking = waitForHelper(step, task, { kind: 'answer', work, suffix: 'recovery' });
  step.move(asking, 'ready', { readyAt: step.now });
  step.move(asking, 'waiting', { waitingFor: 'person', wait: { form: 'task', ...parameters } });
  const { id } = step.plan(asking);
  step.event('task.waiting', { id, waitingFor: 'person', until: null }, asking);
}

/** Of an attempt nobody was asked about: its error and that it failed are not on record yet. */
function keepError(step: StepBuilder, task: number, failure: TaskFailure): void {
  const failedAttempts = failedAttemptsOf(step.state, task);
  step.keep(task, { error: failure, failedAttempts });
}
