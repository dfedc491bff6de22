import { Port } from '../common/ports.js';

/** How the executions of a task type went, from the tasks that have ended. */
export interface TaskTypeHistory {
  readonly count: number;
  readonly p50Seconds: number;
  readonly p95Seconds: number;
  /** 0 to 1. */
  readonly failureRate: number;
}

export interface TaskHistory {
  /** By task type; a type that never ran is absent. */
  summarise(taskTypes: readonly string[]): Promise<ReadonlyMap<string, TaskTypeHistory>>;
}

export const TASK_HISTORY = new Port<TaskHistory>('TASK_HISTORY', {
  summarise: () => Promise.resolve(new Map()),
});
