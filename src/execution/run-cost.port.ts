import { Port } from '../common/ports.js';

/** What runs and tasks cost, in nano-dollars; an id that is missing cost nothing. */
export interface RunCost {
  ofRuns(runIds: readonly string[]): Promise<ReadonlyMap<string, bigint>>;
  ofTasks(taskIds: readonly string[]): Promise<ReadonlyMap<string, bigint>>;
}

/** Contributed by the module that pays for model calls; without it everything is free. */
export const RUN_COST = new Port<RunCost>('RUN_COST', {
  ofRuns: () => Promise.resolve(new Map()),
  ofTasks: () => Promise.resolve(new Map()),
});
