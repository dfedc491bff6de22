import { assertNever } from '../../../common/assert-never.js';
import type { JsonObject } from '../../../common/json.js';
import { storableMessage, type TaskFailure } from '../../../tasks/domain/task-error.js';
import type { SignalBody } from '../run-input.js';
import type { StepBuilder } from '../step-builder.js';
import { failTask } from './failure.js';
import { finishTask } from './progress.js';
import { endRun } from './settle.js';

type Decision = Extract<SignalBody, { kind: 'approve' | 'reject' }>;

/** Applies what was asked of the run; what it can no longer apply becomes the event `signal.refused`. */
export function applySignal(step: StepBuilder, signal: SignalBody): void {
  switch (signal.kind) {
    case 'cancel':
      return endRun(step, 'cancelled', 'cancelled', { by: signal.by });
    case 'approve':
    case 'reject':
      return decide(step, signal);
    case 'unsupported':
      return step.event('signal.refused', { kind: signal.name, reason: 'this version does not know it' });
    default:
      return assertNever(signal);
  }
}

function rejected(signal: Decision): TaskFailure {
  const why = signal.comment === null ? '' : `: ${signal.comment}`;
  return {
    code: 'rejected',
    class: 'permanent',
    message: storableMessage(`${signal.by} rejected it${why}`),
    retryable: false,
    effect: 'none',
  };
}

function decide(step: StepBuilder, signal: Decision): void {
  const { status, waitingFor } = step.task(signal.task);
  if (status !== 'waiting' || waitingFor !== 'person') {
    const data: JsonObject = { kind: signal.kind, by: signal.by, reason: `the task is ${status}` };
    return step.event('signal.refused', data, signal.task);
  }
  if (signal.kind === 'reject') return failTask(step, signal.task, rejected(signal));
  const json = JSON.stringify({ approved: true, by: signal.by, comment: signal.comment });
  finishTask(step, signal.task, 'succeeded', { result: { json }, source: 'person' });
}
