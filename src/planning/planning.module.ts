import { Module } from '@nestjs/common';
import { AgentsModule } from '../agents/agents.module.js';
import { LlmModule } from '../llm/llm.module.js';
import { WorkflowsModule } from '../workflows/workflows.module.js';
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
  imports: [AgentsModule, WorkflowsModule, LlmModule],
  controllers: [PlanningController, PlanMemoryController],
  providers: [
    PlanningScopes,
    { provide: PlanMemoryStore, useClass: PostgresPlanMemoryStore },
    PlanMemories,
    RulesPlanner,
    GenerateWorkflowPlan,
    ModelPlanner,
    PlannerRegistry,
    PlanningService,
  ],
  exports: [PlanningService],
})
export class PlanningModule {}
