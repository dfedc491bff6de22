import { Injectable } from '@nestjs/common';
import { Clock } from '../common/clock.js';
import { Ports } from '../common/ports.js';
import type { Plan } from './domain/plan.js';
import { PlansStore } from './plans.store.port.js';
import { RUN_PLANS } from './run-plans.port.js';
import { WorkflowChangesService } from './workflow-changes.service.js';

/** What becomes of a plan that is approved. */
@Injectable()
export class PlanEffects {
  constructor(
    private readonly store: PlansStore,
    private readonly changes: WorkflowChangesService,
    private readonly ports: Ports,
    private readonly clock: Clock,
  ) {}

  /** In the ambient transaction: its run goes on with it, or its workflow has it from now on. */
  async take(plan: Plan, by: string): Promise<void> {
    const { id: planId, runId, adaptation, workflowId, definition } = plan;
    if (runId !== null && adaptation !== null)
      return this.ports.get(RUN_PLANS).adapt(runId, { planId, adaptation, by });
    await this.changes.putDefinition(workflowId, definition, undefined);
    const earlier = await this.store.findApproved(workflowId);
    if (earlier !== null)
      await this.store.setStatus(earlier.id, 'superseded', earlier.decidedAt ?? this.clock.now());
  }
}
