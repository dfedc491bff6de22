import { MikroOrmModule } from '@mikro-orm/nestjs';
import { Module } from '@nestjs/common';
import { AgentEntity } from './adapters/agent.entity.js';
import { PostgresAgentsStore } from './adapters/postgres-agents.store.js';
import { AgentIntelligenceController } from './agent-intelligence.controller.js';
import { AgentIntelligenceService } from './agent-intelligence.service.js';
import { AgentChangesService } from './agent-changes.service.js';
import { AgentsController } from './agents.controller.js';
import { AgentsService } from './agents.service.js';
import { AgentsStore } from './agents.store.port.js';

/** Agents, their hierarchy and deterministic routing among them. */
@Module({
  imports: [MikroOrmModule.forFeature([AgentEntity])],
  controllers: [AgentsController, AgentIntelligenceController],
  providers: [
    { provide: AgentsStore, useClass: PostgresAgentsStore },
    AgentsService,
    AgentChangesService,
    AgentIntelligenceService,
  ],
  exports: [AgentsService, AgentChangesService],
})
export class AgentsModule {}
