import type { Plan, PlanOrigin, PlanStatus } from './domain/plan.js';

/** Which plans a list shows; an absent filter lets all pass. */
export interface PlanFilter {
  readonly status?: PlanStatus;
  readonly origin?: PlanOrigin;
}

/** A plan without what makes it long. */
export type PlanSummary = Omit<
  Plan,
  'definition' | 'alternatives' | 'diagnostics' | 'constraints' | 'adaptation'
>;

/** Where plans are kept. Changes are made under the lock of the plan's workflow. */
export abstract class PlansStore {
  /** The workflow must exist; fails on a version that is taken. */
  abstract insert(plan: Plan): Promise<void>;
  abstract find(id: string): Promise<Plan | null>;
  abstract findVersion(workflowId: string, version: number): Promise<Plan | null>;
  /** 0: there is none yet. */
  abstract lastVersion(workflowId: string): Promise<number>;
  /** The plan that was approved last and still is. */
  abstract findApproved(workflowId: string): Promise<Plan | null>;
  /** Its content hash alone. */
  abstract findApprovedHash(workflowId: string): Promise<string | null>;
  abstract setStatus(id: string, status: PlanStatus, decidedAt: Date): Promise<void>;
  /** Up to `limit` plans of a workflow after the id `after`, in order of id, which is that of their versions. */
  abstract list(
    workflowId: string,
    filter: PlanFilter,
    after: string | null,
    limit: number,
  ): Promise<readonly PlanSummary[]>;
}
