import { Injectable } from '@nestjs/common';
import { Clock } from '../common/clock.js';
import { NotFoundError } from '../common/tandem-error.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import type { Plan, PlanStatus } from './domain/plan.js';
import { planApproved, planChanged, planOfRun, planRejected, planSuperseded } from './plans.errors.js';
import { PlansStore } from './plans.store.port.js';
import { WorkflowChangesService } from './workflow-changes.service.js';
import { workflowArchived } from './workflows.errors.js';
import { WorkflowsStore } from './workflows.store.port.js';

/** Approves and rejects plans, each in one transaction under the lock of the workflow. */
@Injectable()
export class PlanDecisions {
  constructor(
    private readonly store: PlansStore,
    private readonly workflows: WorkflowsStore,
    private readonly changes: WorkflowChangesService,
    private readonly work: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /**
   * Makes the plan's definition that of its workflow and supersedes the plan approved before; the approved one again
   * changes nothing. `contentHash`: what was looked at. Runs that have started keep their definition. Fails as
   * `plan_not_found`, `plan_changed`, `plan_superseded`, `plan_rejected`, `plan_of_run`, `workflow_archived`, and as
   * `invalid_definition` where task types or agents have changed since.
   */
  approve(id: string, contentHash: string | undefined): Promise<Plan> {
    return this.work.transactional(async () => {
      const plan = await this.lock(id, contentHash);
      if (plan.status === 'superseded') throw planSuperseded(plan);
      if (plan.status === 'rejected') throw planRejected(plan);
      if (plan.status === 'approved') return plan;
      await this.changes.putDefinition(plan.workflowId, plan.definition, undefined);
      const earlier = await this.store.findApproved(plan.workflowId);
      if (earlier !== null)
        await this.store.setStatus(earlier.id, 'superseded', earlier.decidedAt ?? this.clock.now());
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
    if (workflow.status === 'archived') throw workflowArchived(workflow);
    if (plan.runId !== null) throw planOfRun(plan);
    if (contentHash !== undefined && contentHash !== plan.contentHash) throw planChanged(plan, contentHash);
    return plan;
  }

  private async decide(plan: Plan, status: PlanStatus): Promise<Plan> {
    const decidedAt = this.clock.now();
    await this.store.setStatus(plan.id, status, decidedAt);
    return { ...plan, status, decidedAt };
  }
}
