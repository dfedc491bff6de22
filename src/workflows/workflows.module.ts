import { MikroOrmModule } from '@mikro-orm/nestjs';
import { Module } from '@nestjs/common';
import { AgentsModule } from '../agents/agents.module.js';
import { PostgresWorkflowsStore } from './adapters/postgres-workflows.store.js';
import { StoredWorkflowOwnership } from './adapters/stored-workflow-ownership.js';
import { WorkflowEntity } from './adapters/workflow.entity.js';
import { DefinitionChecker } from './definition-checker.service.js';
import { DefinitionsController } from './definitions.controller.js';
import { WorkflowChangesService } from './workflow-changes.service.js';
import { WorkflowDefinitionController } from './workflow-definition.controller.js';
import { WorkflowRemovalService } from './workflow-removal.service.js';
import { WorkflowsController } from './workflows.controller.js';
import { WorkflowsService } from './workflows.service.js';
import { WorkflowsStore } from './workflows.store.port.js';

/** Workflows and the definitions they run. */
@Module({
  imports: [AgentsModule, MikroOrmModule.forFeature([WorkflowEntity])],
  controllers: [WorkflowsController, WorkflowDefinitionController, DefinitionsController],
  providers: [
    { provide: WorkflowsStore, useClass: PostgresWorkflowsStore },
    StoredWorkflowOwnership,
    DefinitionChecker,
    WorkflowsService,
    WorkflowChangesService,
    WorkflowRemovalService,
  ],
  exports: [WorkflowsService, WorkflowChangesService],
})
export class WorkflowsModule {}
