import { Port } from '../common/ports.js';
import { NotFoundError } from '../common/tandem-error.js';
import type { Adaptation } from './domain/run-patch.js';

/** What workflows have to know of their runs. */
export interface RunPlans {
  /** Runs of the workflow that have not ended. */
  countLiveRuns(workflowId: string): Promise<number>;
  /**
   * Asks a run to go on as a plan made for it says, in the ambient transaction; its owner does so, unless the run has moved on by then
   * (event `signal.refused`). Fails as `run_not_found`, `run_ended`, `signal_pending`, `plan_outdated`.
   */
  adapt(runId: string, plan: RunAdaptation): Promise<void>;
}

export interface RunAdaptation {
  readonly planId: string;
  readonly adaptation: Adaptation;
  /** Who wants it. */
  readonly by: string;
}

/** Contributed by `execution`; without it nothing runs. */
export const RUN_PLANS = new Port<RunPlans>('RUN_PLANS', {
  countLiveRuns: () => Promise.resolve(0),
  adapt: (runId) => Promise.reject(new NotFoundError('run', runId)),
});
