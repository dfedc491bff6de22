import { Injectable } from '@nestjs/common';
import { Clock } from '../common/clock.js';
import { NotFoundError } from '../common/tandem-error.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import type { Plan, PlanStatus } from './domain/plan.js';
import { planApproved, planChanged, planRejected, planSuperseded } from './plans.errors.js';
import { PlanEffects } from './plan-effects.service.js';
import { PlansStore } from './plans.store.port.js';
import { workflowArchived } from './workflows.errors.js';
import { WorkflowsStore } from './workflows.store.port.js';

/** Approves and rejects plans, each in one transaction under the lock of the workflow. */
@Injectable()
export class PlanDecisions {
  constructor(
    private readonly store: PlansStore,
    private readonly workflows: WorkflowsStore,
    private readonly effects: PlanEffects,
    private readonly work: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /**
   * Makes the plan's definition that of its workflow and supersedes the plan approved before; the approved one again
   * changes nothing. Runs that have started keep their definition; a plan made for a run is applied to that run instead.
   * `contentHash`: what was looked at; `by`: who wants it. Fails as `plan_not_found`, `plan_changed`, `plan_superseded`,
   * `plan_rejected`, `workflow_archived`, as `invalid_definition` where task types or agents have changed since, and as
   * `RunPlans.adapt` does.
   */
  approve(id: string, contentHash: string | undefined, by = 'person'): Promise<Plan> {
    return this.work.transactional(async () => {
      const plan = await this.lock(id, contentHash);
      if (plan.status === 'superseded') throw planSuperseded(plan);
      if (plan.status === 'rejected') throw planRejected(plan);
      if (plan.status === 'approved') return plan;
      await this.effects.take(plan, by);
      return this.decide(plan, 'approved');
    });
  }

  /** The rejected one again changes nothing. Fails as `approve` does, and as `plan_approved`. */
  reject(id: string, contentHash: string | undefined): Promise<Plan> {
    return this.work.transactional(async () => {
      const plan = await this.lock(id, contentHash);
      if (plan.status === 'approved') throw planApproved(plan);
      if (plan.status === 'superseded') throw planSuperseded(plan);
      return plan.status === 'rejected' ? plan : this.decide(plan, 'rejected');
    });
  }

  /** The plan as it stands once nobody else can decide. */
  private async lock(id: string, contentHash: string | undefined): Promise<Plan> {
    const found = await this.store.find(id);
    if (found === null) throw new NotFoundError('plan', id);
    const workflow = await this.workflows.lock(found.workflowId, 'change');
    const plan = await this.store.find(id);
    if (workflow === null || plan === null) throw new NotFoundError('plan', id);
    if (workflow.status === 'archived' && plan.runId === null) throw workflowArchived(workflow);
    if (contentHash !== undefined && contentHash !== plan.contentHash) throw planChanged(plan, contentHash);
    return plan;
  }

  private async decide(plan: Plan, status: PlanStatus): Promise<Plan> {
    const decidedAt = this.clock.now();
    await this.store.setStatus(plan.id, status, decidedAt);
    return { ...plan, status, decidedAt };
  }
}
