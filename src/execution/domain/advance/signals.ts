import { assertNever } from '../../../common/assert-never.js';
import type { SignalBody } from '../run-input.js';
import { isTerminalTask } from '../status.js';
import type { StepBuilder } from '../step-builder.js';
import { adapt } from './adapt.js';
import { complete, decide, refuse, resolve, retryTask } from './answers.js';
import { childEnded } from './children.js';
import { delegate } from './delegation.js';
import { becomeUnknown } from './doubt.js';
import { pause, resume } from './pause.js';
import { permitGranted } from './permits.js';
import { cancelChildren, finishTask } from './progress.js';
import { endRun } from './settle.js';
import { spawn } from './spawning.js';

/** Applies what was asked of the run; what it can no longer apply becomes the event `signal.refused`. */
export function applySignal(step: StepBuilder, signal: SignalBody): void {
  switch (signal.kind) {
    case 'cancel':
      return endRun(step, 'cancelled', 'cancelled', { by: signal.by });
    case 'pause':
      return pause(step, signal.by);
    case 'resume':
      return resume(step, signal.by);
    case 'approve':
    case 'reject':
      return decide(step, signal);
    case 'complete':
      return complete(step, signal);
    case 'resolve':
      return resolve(step, signal);
    case 'cancelTask':
      return cancelTask(step, signal);
    case 'retryTask':
      return retryTask(step, signal);
    case 'delegate':
      return delegate(step, signal);
    case 'spawn':
      return spawn(step, signal);
    case 'adapt':
      return adapt(step, signal);
    case 'permit':
      return permitGranted(step, signal);
    case 'childEnded':
      return childEnded(step, signal);
    case 'unsupported':
      return step.event('signal.refused', { kind: signal.name, reason: 'this version does not know it' });
    default:
      return assertNever(signal);
  }
}

/** Ends one task as cancelled; unless it is optional, the run fails of it. */
function cancelTask(step: StepBuilder, signal: Extract<SignalBody, { kind: 'cancelTask' }>): void {
  const { task, by } = signal;
  const { status, effect } = step.task(task);
  if (isTerminalTask(status) || status === 'unknown') return refuse(step, signal, `the task is ${status}`);
  if (status === 'running') {
    step.command({ kind: 'abortAttempt', task });
    if (effect === 'irreversible') return becomeUnknown(step, task, `${by} cancelled it while it ran`);
  }
  if (!step.plan(task).optional) step.fail('task_cancelled');
  cancelChildren(step, task);
  finishTask(step, task, 'cancelled', {}, { by });
}
