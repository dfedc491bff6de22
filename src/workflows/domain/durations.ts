import type { TaskDefinition } from './definition.js';
import { toMicroseconds } from './critical-path.js';

/** How long attempts of a task type took. */
export interface DurationHistory {
  readonly p50Seconds: number;
  readonly p95Seconds: number;
}

/** History by task type; types that never ran are missing. */
export type DurationHistories = ReadonlyMap<string, DurationHistory>;

/** What a task counts when nothing at all is known of it. */
const DEFAULT_DURATION_SECONDS = 1;

type Tasks = readonly Pick<TaskDefinition, 'taskType' | 'estimatedDurationSeconds'>[];

function known(seconds: number | undefined): number | undefined {
  return seconds !== undefined && Number.isFinite(seconds) && seconds >= 0 ? seconds : undefined;
}

/** Whole microseconds by position: the estimate, else the type's median, else one second. */
export function estimatedDurations(tasks: Tasks, histories: DurationHistories): Float64Array {
  return Float64Array.from(tasks, (task) =>
    toMicroseconds(
      known(task.estimatedDurationSeconds) ??
        known(histories.get(task.taskType)?.p50Seconds) ??
        DEFAULT_DURATION_SECONDS,
    ),
  );
}

/** Whole microseconds by position: the type's history, else the estimate, else one second. */
export function historicalDurations(
  tasks: Tasks,
  histories: DurationHistories,
  quantile: keyof DurationHistory,
): Float64Array {
  return Float64Array.from(tasks, (task) =>
    toMicroseconds(
      known(histories.get(task.taskType)?.[quantile]) ??
        known(task.estimatedDurationSeconds) ??
        DEFAULT_DURATION_SECONDS,
    ),
  );
}
