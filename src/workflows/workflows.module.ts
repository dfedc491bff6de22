import { MikroOrmModule } from '@mikro-orm/nestjs';
import { Module } from '@nestjs/common';
import { AgentsModule } from '../agents/agents.module.js';
import { PostgresWorkflowsStore } from './adapters/postgres-workflows.store.js';
import { PlanEntity } from './adapters/plan.entity.js';
import { PostgresPlansStore } from './adapters/postgres-plans.store.js';
import { StoredWorkflowOwnership } from './adapters/stored-workflow-ownership.js';
import { WorkflowEntity } from './adapters/workflow.entity.js';
import { DefinitionChecker } from './definition-checker.service.js';
import { DefinitionsController } from './definitions.controller.js';
import { PlanDecisions } from './plan-decisions.service.js';
import { PlanEffects } from './plan-effects.service.js';
import { PlanInsights } from './plan-insights.service.js';
import { PlansController } from './plans.controller.js';
import { PlansService } from './plans.service.js';
import { PlansStore } from './plans.store.port.js';
import { WorkflowChangesService } from './workflow-changes.service.js';
import { WorkflowDefinitionController } from './workflow-definition.controller.js';
import { WorkflowRemovalService } from './workflow-removal.service.js';
import { WorkflowsController } from './workflows.controller.js';
import { WorkflowsService } from './workflows.service.js';
import { WorkflowsStore } from './workflows.store.port.js';

/** Workflows and the definitions they run. */
@Module({
  imports: [AgentsModule, MikroOrmModule.forFeature([WorkflowEntity, PlanEntity])],
  controllers: [WorkflowsController, WorkflowDefinitionController, DefinitionsController, PlansController],
  providers: [
    { provide: WorkflowsStore, useClass: PostgresWorkflowsStore },
    StoredWorkflowOwnership,
    DefinitionChecker,
    WorkflowsService,
    WorkflowChangesService,
    WorkflowRemovalService,
    { provide: PlansStore, useClass: PostgresPlansStore },
    PlansService,
    PlanEffects,
    PlanDecisions,
    PlanInsights,
  ],
  exports: [WorkflowsService, WorkflowChangesService, PlansService, PlanDecisions],
})
export class WorkflowsModule {}
