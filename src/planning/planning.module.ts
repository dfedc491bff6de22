import { Module } from '@nestjs/common';
import { AgentsModule } from '../agents/agents.module.js';
import { ExecutionModule } from '../execution/execution.module.js';
import { LlmModule } from '../llm/llm.module.js';
import { WorkflowsModule } from '../workflows/workflows.module.js';
import { Decompositions } from './decompositions.service.js';
import { DecomposeTask } from './functions/decompose-task/decompose-task.function.js';
import { OptimizeTaskOrder } from './functions/optimize-task-order/optimize-task-order.function.js';
import { PlanMaker } from './plan-maker.service.js';
import { OrderFacts, TaskOrders } from './task-orders.service.js';
import { GenerateWorkflowPlan } from './functions/generate-workflow-plan/generate-workflow-plan.function.js';
import { PostgresPlanMemoryStore } from './memory/adapters/postgres-plan-memory.store.js';
import { PlanMemories } from './memory/plan-memories.service.js';
import { PlanMemoryStore } from './memory/plan-memory.store.port.js';
import { PlanMemoryController } from './memory/plan-memory.controller.js';
import { PlannerRegistry } from './planner.registry.js';
import { ModelPlanner } from './planners/model.planner.js';
import { RulesPlanner } from './planners/rules.planner.js';
import { PlanningController } from './planning.controller.js';
import { PlanningScopes } from './planning-scope.service.js';
import { PlanningService } from './planning.service.js';

/** From a sentence to a plan, with a model or without. */
@Module({
  imports: [AgentsModule, WorkflowsModule, ExecutionModule, LlmModule],
  controllers: [PlanningController, PlanMemoryController],
  providers: [
    PlanningScopes,
    { provide: PlanMemoryStore, useClass: PostgresPlanMemoryStore },
    PlanMemories,
    RulesPlanner,
    GenerateWorkflowPlan,
    ModelPlanner,
    PlannerRegistry,
    PlanMaker,
    DecomposeTask,
    Decompositions,
    OptimizeTaskOrder,
    OrderFacts,
    TaskOrders,
    PlanningService,
  ],
  exports: [PlanningService],
})
export class PlanningModule {}
