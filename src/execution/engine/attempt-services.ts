import { Injectable } from '@nestjs/common';
import { Ports } from '../../common/ports.js';
import { TaskTypeRegistry } from '../../tasks/task-type.registry.js';
import type { OnBudgetExhausted } from '../../workflows/workflow.js';
import { WorkflowsService } from '../../workflows/workflows.service.js';
import { ChildRuns } from '../child-runs.service.js';
import { Permits } from '../permits/permits.service.js';
import { ADAPTATION_ADVISOR, type AdaptationAdvisor } from '../adaptation-advisor.port.js';
import { RECOVERY_ADVISOR, type RecoveryAdvisor } from '../recovery-advisor.port.js';

/** What attempts need of the rest of Tandem. */
@Injectable()
export class AttemptServices {
  constructor(
    readonly taskTypes: TaskTypeRegistry,
    readonly children: ChildRuns,
    readonly permits: Permits,
    private readonly ports: Ports,
    private readonly workflows: WorkflowsService,
  ) {}

  /** What a workflow says of model calls its budgets refuse; one that is gone says nothing. */
  async onBudgetExhausted(workflowId: string): Promise<OnBudgetExhausted> {
    return (await this.workflows.find(workflowId))?.settings.onBudgetExhausted ?? 'twin';
  }

  get adaptationAdvisor(): AdaptationAdvisor {
    return this.ports.get(ADAPTATION_ADVISOR);
  }

  /** Looked up when it is asked: ports are filled when all modules are there. */
  get advisor(): RecoveryAdvisor {
    return this.ports.get(RECOVERY_ADVISOR);
  }
}
