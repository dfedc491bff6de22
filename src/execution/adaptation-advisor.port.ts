import type { JsonObject } from '../common/json.js';
import { Port } from '../common/ports.js';
import type { RunEventType } from './domain/run-event.js';

/** Something on record that may be a reason to change the rest of a run that goes on. */
export interface RunNotice {
  readonly runId: string;
  readonly workflowId: string | null;
  readonly type: RunEventType;
  /** Slug of the task. */
  readonly taskId: string | null;
  readonly data: JsonObject;
}

/** What may be a reason: a task that ended without its result, one whose agent does not take it, a budget that is used up. */
export const REASONS_TO_ADAPT: ReadonlySet<RunEventType> = new Set([
  'task.failed',
  'recovery.applied',
  'task.queued',
  'budget.refused',
]);

/** Hears of reasons to change the rest of runs that were started with the help of models. */
export interface AdaptationAdvisor {
  /** Answers at once and never fails; what it does about it comes as a signal. Nothing is lost with it but an opportunity. */
  notice(notice: RunNotice): void;
}

/** Nobody hears. */
export const ADAPTATION_ADVISOR = new Port<AdaptationAdvisor>('ADAPTATION_ADVISOR', {
  notice: () => undefined,
});
