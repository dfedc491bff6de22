import { Injectable } from '@nestjs/common';
import type { FunctionAnswer } from '../llm/llm.service.js';
import type { Plan } from '../workflows/domain/plan.js';
import { Decompositions, type LiveDecomposition } from './decompositions.service.js';
import type { Decomposition } from './functions/decompose-task/decomposition.schemas.js';
import { PlanMaker, type PlanOrder } from './plan-maker.service.js';
import type { Decompose, DecomposeLive, OptimizeOrder } from './planning.schemas.js';
import { type OptimisedOrder, TaskOrders } from './task-orders.service.js';
import { tracedPlanning } from './traced-planning.js';

/** All of planning: a plan of a sentence, the parts of a task, a better order. Each with a model or without. */
@Injectable()
export class PlanningService {
  constructor(
    private readonly plans: PlanMaker,
    private readonly decompositions: Decompositions,
    private readonly orders: TaskOrders,
  ) {}

  /** See `PlanMaker.make`. */
  createWorkflowPlan(workflowId: string, order: PlanOrder): Promise<Plan> {
    return tracedPlanning('create_workflow_plan', { workflowId }, () => this.plans.make(workflowId, order));
  }

  /** See `Decompositions.decompose`. */
  decomposeTask(asked: Decompose): Promise<FunctionAnswer<Decomposition>> {
    const agentId = asked.ownerAgentId;
    return tracedPlanning('decompose_task', { agentId }, () => this.decompositions.decompose(asked));
  }

  /** See `Decompositions.decomposeLive`. */
  decomposeLive(taskId: string, asked: DecomposeLive): Promise<LiveDecomposition> {
    return tracedPlanning('decompose_task', { taskId }, () =>
      this.decompositions.decomposeLive(taskId, asked),
    );
  }

  /** See `TaskOrders.optimise`. */
  optimizeTaskOrder(asked: OptimizeOrder): Promise<OptimisedOrder> {
    const agentId = asked.ownerAgentId;
    return tracedPlanning('optimize_task_order', { agentId }, () => this.orders.optimise(asked));
  }
}
