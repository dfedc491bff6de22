import { Port } from '../common/ports.js';
import type { Definition } from '../workflows/domain/definition.js';

/** A run that is about to start. */
export interface StartingRun {
  readonly runId: string;
  readonly workflowId: string | null;
  readonly definition: Definition;
  /** Who executes its tasks, in their order; null: nobody. */
  readonly agentIds: readonly (string | null)[];
  /** What its model calls may cost together, USD; null: what the other budgets leave. */
  readonly runBudgetUsd: string | null;
}

/** Says whether a run may start as far as money goes. */
export interface RunAdmission {
  /** In the transaction of the start. Fails as `budget_exhausted`. */
  admit(run: StartingRun): Promise<void>;
}

/** Contributed by the module that pays for model calls; without it every run may start. */
export const RUN_ADMISSION = new Port<RunAdmission>('RUN_ADMISSION', { admit: () => Promise.resolve() });
