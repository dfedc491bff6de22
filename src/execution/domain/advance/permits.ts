import type { RunInput, SignalBody } from '../run-input.js';
import type { StepBuilder } from '../step-builder.js';

/**
 * The agent of a task has a limit, or takes no tasks now: it is asked for a permit before the attempt starts, once: a
 * run whose tasks all wait parks, and nothing may be under way then.
 */
export function permitAsked(step: StepBuilder, task: number): void {
  const { status, permit } = step.task(task);
  const { failing, paused } = step.state;
  const isOpen = permit === null || permit === 'handed' || permit === 'left';
  if (status !== 'ready' || failing !== null || paused || !isOpen) return;
  step.setPermit(task, 'asked');
}

/** A new owner asks again for what is waited for: the one before may have missed what was handed to it. */
export function askAgain(step: StepBuilder, task: number): void {
  if (step.task(task).permit === 'awaited') step.setPermit(task, 'asked');
}

/** With a permit the attempt goes on; without one the task stays `ready` until one is handed to it. */
export function permitAnswered(
  step: StepBuilder,
  { task, isGranted, isNew }: Extract<RunInput, { kind: 'permitAnswered' }>,
): void {
  const { permit, agentId } = step.task(task);
  if (permit !== 'asked') return;
  step.setPermit(task, isGranted ? 'held' : 'awaited');
  if (!isGranted && isNew) step.event('task.queued', { agentId }, task);
}

/**
 * Somebody gave a permit back, and it was handed to this task: the owner asks again and learns whether it still has it.
 * The task may have given it back since, by a change that is not stored yet.
 */
export function permitGranted(
  step: StepBuilder,
  { task, agentId: of }: Extract<SignalBody, { kind: 'permit' }>,
): void {
  const { permit, agentId } = step.task(task);
  if ((permit !== 'asked' && permit !== 'awaited') || agentId !== of) return;
  step.setPermit(task, 'handed');
  step.command({ kind: 'startAttempt', task });
}

/** A paused run keeps no other run from its agents. */
export function freePermitsOfReady(step: StepBuilder): void {
  for (const [task, { status, permit }] of step.state.tasks.entries())
    if (status === 'ready' && permit !== null && permit !== 'left') step.freePermit(task);
}
