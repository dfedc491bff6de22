import type { Plan, PlanStatus } from '../../src/workflows/domain/plan.js';
import { type PlanFilter, PlansStore, type PlanSummary } from '../../src/workflows/plans.store.port.js';

/** Passes the same contract as PostgreSQL's store. */
export class InMemoryPlansStore extends PlansStore {
  private readonly plans = new Map<string, Plan>();

  override insert(plan: Plan): Promise<void> {
    const isTaken = this.of(plan.workflowId).some(({ version }) => version === plan.version);
    if (isTaken) return Promise.reject(new Error(`version ${plan.version} is taken`));
    this.plans.set(plan.id, structuredClone(plan));
    return Promise.resolve();
  }

  override find(id: string): Promise<Plan | null> {
    return Promise.resolve(this.plans.get(id) ?? null);
  }

  override findVersion(workflowId: string, version: number): Promise<Plan | null> {
    return Promise.resolve(this.of(workflowId).find((plan) => plan.version === version) ?? null);
  }

  override lastVersion(workflowId: string): Promise<number> {
    return Promise.resolve(Math.max(0, ...this.of(workflowId).map(({ version }) => version)));
  }

  override findApproved(workflowId: string): Promise<Plan | null> {
    const approved = this.of(workflowId).find(({ status, runId }) => status === 'approved' && runId === null);
    return Promise.resolve(approved ?? null);
  }

  override async findApprovedHash(workflowId: string): Promise<string | null> {
    return (await this.findApproved(workflowId))?.contentHash ?? null;
  }

  override setStatus(id: string, status: PlanStatus, decidedAt: Date): Promise<void> {
    const plan = this.plans.get(id);
    if (plan !== undefined) this.plans.set(id, { ...plan, status, decidedAt });
    return Promise.resolve();
  }

  override list(
    workflowId: string,
    { status, origin }: PlanFilter,
    after: string | null,
    limit: number,
  ): Promise<PlanSummary[]> {
    const found = this.of(workflowId)
      .filter((plan) => status === undefined || plan.status === status)
      .filter((plan) => origin === undefined || plan.origin === origin)
      .filter(({ id }) => after === null || id > after)
      .slice(0, limit);
    return Promise.resolve(
      found.map(
        ({
          definition: _,
          alternatives: __,
          diagnostics: ___,
          constraints: ____,
          adaptation: _____,
          ...summary
        }) => summary,
      ),
    );
  }

  private of(workflowId: string): Plan[] {
    return [...this.plans.values()]
      .filter((plan) => plan.workflowId === workflowId)
      .sort((a, b) => (a.id < b.id ? -1 : 1));
  }
}
