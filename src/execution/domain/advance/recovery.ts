import { assertNever } from '../../../common/assert-never.js';
import type { TaskFailure } from '../../../tasks/domain/task-error.js';
import type { Proposal } from '../proposal.js';
import { decideByRules, failedAttemptsOf } from '../decide-by-rules.js';
import type { RunInput } from '../run-input.js';
import type { StepBuilder } from '../step-builder.js';
import { failTask, finishTask } from './progress.js';

/** Puts a proposal on record; it is applied once that is stored. */
export function propose(
  step: StepBuilder,
  task: number,
  { proposal, refused }: Pick<Extract<RunInput, { kind: 'recoveryProposed' }>, 'proposal' | 'refused'>,
): void {
  const { action, source, reason } = proposal;
  const { attempt } = step.task(task);
  step.propose(task, proposal);
  if (refused !== undefined) step.event('recovery.refused', { attempt, reason: refused }, task);
  step.event('recovery.proposed', { attempt, action, source, reason }, task);
  step.command({ kind: 'applyRecovery', task });
}

/** Applies the proposal on record; one that cannot be applied is refused and the rules decide. */
export function applyStored(step: StepBuilder, task: number): void {
  const { proposal, error, attempt, alternative } = step.task(task);
  if (proposal === null || error === null) return;
  const data = { attempt, action: proposal.action, source: proposal.source };
  if (proposal.action === 'alternative' && alternative >= step.plan(task).alternatives) {
    step.event('recovery.refused', { ...data, reason: 'the task has no alternative left' }, task);
    return applyProposal(step, task, error, decideByRules(step.state, task, error));
  }
  step.event('recovery.applied', data, task);
  applyProposal(step, task, error, proposal);
}

export function applyProposal(
  step: StepBuilder,
  task: number,
  failure: TaskFailure,
  proposal: Proposal,
): void {
  const { attempt, alternative } = step.task(task);
  switch (proposal.action) {
    case 'retry': {
      const wakeAt = step.now + proposal.delayMs;
      const failed = failedAttemptsOf(step.state, task);
      step.move(task, 'waiting', { waitingFor: 'retry', wakeAt, failedAttempts: failed, error: failure });
      const retryAt = new Date(wakeAt).toISOString();
      return step.event('task.failed', { attempt, final: false, error: { ...failure }, retryAt }, task);
    }
    case 'alternative':
      step.event('task.failed', { attempt, final: false, error: { ...failure } }, task);
      step.move(task, 'ready', { readyAt: step.now, failedAttempts: 0, error: null });
      step.reassign(task, { alternative: alternative + 1 });
      step.event(
        'task.retried',
        { attempt: attempt + 1, reason: 'alternative', alternative: alternative + 1 },
        task,
      );
      return step.command({ kind: 'startAttempt', task });
    case 'skip':
      step.event('task.failed', { attempt, final: false, error: { ...failure } }, task);
      return finishTask(step, task, 'skipped', { error: failure });
    case 'ask_person': {
      const { id } = step.plan(task);
      const wait = { form: 'recovery', question: proposal.question, details: null };
      step.event('task.failed', { attempt, final: false, error: { ...failure } }, task);
      step.move(task, 'waiting', { waitingFor: 'person', wait, error: failure });
      return step.event('task.waiting', { id, waitingFor: 'person', until: null }, task);
    }
    case 'fail':
      return failTask(step, task, failure);
    default:
      return assertNever(proposal);
  }
}
