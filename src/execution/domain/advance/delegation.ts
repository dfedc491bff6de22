import type { SignalBody } from '../run-input.js';
import { isTerminalTask } from '../status.js';
import type { StepBuilder } from '../step-builder.js';
import { refuse } from './answers.js';

/** Another agent goes on with the task. A running attempt is aborted and begins again, with the same key. */
export function delegate(step: StepBuilder, signal: Extract<SignalBody, { kind: 'delegate' }>): void {
  const { task, toAgentId, by } = signal;
  const { status, effect, agentId, attempt, permit } = step.task(task);
  if (isTerminalTask(status) || status === 'unknown') return refuse(step, signal, `the task is ${status}`);
  if (status === 'running' && effect === 'irreversible')
    return refuse(step, signal, 'its attempt may already have had an effect that cannot be undone');
  step.freePermit(task);
  step.reassign(task, { agentId: toAgentId });
  step.event('task.delegated', { from: agentId, to: toAgentId, by }, task);
  if (status === 'ready' && permit !== null && permit !== 'left')
    step.command({ kind: 'startAttempt', task });
  if (status !== 'running') return;
  step.move(task, 'ready', { readyAt: step.now });
  step.event('task.retried', { attempt: attempt + 1, reason: 'delegated' }, task);
  step.command({ kind: 'abortAttempt', task });
  step.command({ kind: 'startAttempt', task });
}
