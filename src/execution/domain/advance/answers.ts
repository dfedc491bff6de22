import type { JsonObject } from '../../../common/json.js';
import { storableMessage, type TaskFailure } from '../../../tasks/domain/task-error.js';
import type { SignalBody } from '../run-input.js';
import type { TaskState } from '../run-state.js';
import type { StepBuilder } from '../step-builder.js';
import { failAttempt } from './failure.js';
import { dismissHelper } from './helpers.js';
import { failTask, succeed } from './progress.js';

type OfTask = Extract<SignalBody, { readonly task: number }>;
type Signal<K extends SignalBody['kind']> = Extract<SignalBody, { readonly kind: K }>;

export function refuse(step: StepBuilder, signal: OfTask, reason: string): void {
  // Of a task that was to be spawned, the id it was promised.
  const promised: JsonObject = signal.kind === 'spawn' ? { id: signal.id } : {};
  const data: JsonObject = { kind: signal.kind, by: signal.by, ...promised, reason };
  step.event('signal.refused', data, signal.task);
}

type Asked = Pick<TaskState, 'status' | 'waitingFor'>;

export const isAskedOf = ({ status, waitingFor }: Asked): boolean =>
  status === 'waiting' && waitingFor === 'person';

/** Waits for its next attempt, or after a failure for a person or for what clears up. */
export const isRetryable = ({ status, waitingFor, error }: Asked & { readonly error: unknown }): boolean =>
  status === 'waiting' &&
  (waitingFor === 'retry' || (error !== null && (waitingFor === 'person' || waitingFor === 'children')));

const said = (by: string, what: string, comment: string | null): string =>
  storableMessage(`${by} ${what}${comment === null ? '' : `: ${comment}`}`);

function rejected({ by, comment }: Signal<'reject'>): TaskFailure {
  const message = said(by, 'rejected it', comment);
  return { code: 'rejected', class: 'permanent', message, retryable: false, effect: 'none' };
}

/** A person decides an approval. */
export function decide(step: StepBuilder, signal: Signal<'approve' | 'reject'>): void {
  const { task } = signal;
  const now = step.task(task);
  if (!isAskedOf(now)) return refuse(step, signal, `the task is ${now.status}`);
  if (signal.kind === 'reject') return failTask(step, task, rejected(signal));
  const json = JSON.stringify({ approved: true, by: signal.by, comment: signal.comment });
  succeed(step, task, { result: { json }, source: 'person' });
}

/** A person has done what a `human.task` asked for. */
export function complete(step: StepBuilder, signal: Signal<'complete'>): void {
  const { task, result } = signal;
  const now = step.task(task);
  if (!isAskedOf(now)) return refuse(step, signal, `the task is ${now.status}`);
  succeed(step, task, { result, source: 'person' });
}

/** A person knows what became of an attempt that was in doubt. */
export function resolve(step: StepBuilder, signal: Signal<'resolve'>): void {
  const { task, by, outcome, comment, result } = signal;
  const { status } = step.task(task);
  if (status !== 'unknown') return refuse(step, signal, `the task is ${status}`);
  step.event('task.resolved', { outcome, by, comment }, task);
  if (outcome === 'succeeded')
    return succeed(step, task, { result: result ?? { json: 'null' }, source: 'person' });
  const failure: TaskFailure = {
    code: 'resolved_as_failed',
    class: 'permanent',
    message: said(by, 'says it had no effect', comment),
    retryable: false,
    effect: 'none',
  };
  if (outcome === 'failed' || step.state.failing !== null) return failTask(step, task, failure);
  retryNow(step, task, 'resolved');
}

/** The type itself found out that the attempt had no effect: it failed like any other. */
export function probedNotDone(step: StepBuilder, task: number): void {
  const { error } = step.task(task);
  step.event('task.resolved', { outcome: 'failed', by: 'probe', comment: null }, task);
  const failure: TaskFailure = {
    code: 'interrupted',
    class: 'transient',
    message: storableMessage(`The attempt ended without its effect. ${error?.message ?? ''}`.trim()),
    retryable: true,
    effect: 'none',
  };
  failAttempt(step, task, failure);
}

/** The next attempt of a task that waits to be retried, or for a person after a failure, now. */
export function retryTask(step: StepBuilder, signal: Signal<'retryTask'>): void {
  const { task } = signal;
  const now = step.task(task);
  if (!isRetryable(now)) return refuse(step, signal, `the task is ${now.status}`);
  dismissHelper(step, task);
  retryNow(step, task, 'asked');
}

export function retryNow(
  step: StepBuilder,
  task: number,
  reason: 'backoff' | 'asked' | 'resolved' | 'compensated',
): void {
  const { attempt } = step.task(task);
  step.move(task, 'ready', { readyAt: step.now, error: null });
  step.event('task.retried', { attempt: attempt + 1, reason }, task);
  step.command({ kind: 'startAttempt', task });
}
