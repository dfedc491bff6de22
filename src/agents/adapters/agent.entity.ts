import { defineEntity, p } from '@mikro-orm/core';
import { EXECUTION_MODES, INTELLIGENCE_LEVELS } from '../../common/intelligence.js';
import { TextArrayType } from '../../database/text-array.type.js';
import { AGENT_STATUSES, type LlmConfig } from '../domain/agent.js';

const schema = defineEntity({
  name: 'AgentEntity',
  tableName: 'agents',
  properties: {
    id: p.uuid().primary(),
    name: p.text(),
    description: p.text(),
    capabilities: p.type(TextArrayType),
    parentAgentId: p.uuid().nullable(),
    status: p.enum(AGENT_STATUSES),
    maxConcurrentTasks: p.integer().nullable(),
    llmConfig: p.json<LlmConfig>().nullable(),
    intelligenceLevel: p.enum(INTELLIGENCE_LEVELS),
    executionMode: p.enum(EXECUTION_MODES),
    llmCallsCount: p.bigint('number'),
    llmCostSpent: p.bigint(),
    createdAt: p.datetime(),
    updatedAt: p.datetime(),
  },
});

/** A row of `agents`; never leaves this folder. */
export class AgentEntity extends schema.class {}
schema.setClass(AgentEntity);
