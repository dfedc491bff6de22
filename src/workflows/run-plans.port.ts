import { Port } from '../common/ports.js';

/** What workflows have to know of their runs. */
export interface RunPlans {
  /** Runs of the workflow that have not ended. */
  countLiveRuns(workflowId: string): Promise<number>;
}

/** Contributed by `execution`; without it nothing runs. */
export const RUN_PLANS = new Port<RunPlans>('RUN_PLANS', { countLiveRuns: () => Promise.resolve(0) });
