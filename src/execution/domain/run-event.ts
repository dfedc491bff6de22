import type { JsonObject } from '../../common/json.js';

export const RUN_EVENT_TYPES = [
  'run.queued',
  'run.started',
  'run.parked',
  'run.paused',
  'run.resumed',
  'run.taken-over',
  'run.compensating',
  'run.succeeded',
  'run.failed',
  'run.cancelled',
  'task.ready',
  'task.queued',
  'task.started',
  'task.succeeded',
  'task.failed',
  'task.recovering',
  'task.retried',
  'task.skipped',
  'task.cancelled',
  'task.waiting',
  'task.delegated',
  'task.spawned',
  'task.unknown',
  'task.resolved',
  'signal.refused',
  'recovery.proposed',
  'recovery.applied',
  'recovery.refused',
  'budget.refused',
  'decision.made',
  'plan.adapted',
] as const;
export type RunEventType = (typeof RUN_EVENT_TYPES)[number];

/** After one of these nothing more happens in a run. */
export const TERMINAL_EVENTS: ReadonlySet<RunEventType> = new Set([
  'run.succeeded',
  'run.failed',
  'run.cancelled',
]);

/** One fact about a run. Sequences are 1..n without gaps. */
export interface RunEvent {
  readonly sequence: number;
  readonly type: RunEventType;
  /** Slug of the task it is about. */
  readonly taskId?: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly data: JsonObject;
}
