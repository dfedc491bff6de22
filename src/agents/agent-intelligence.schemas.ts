import { z } from 'zod';
import { usdInputSchema, usdSchema } from '../common/usd.schema.js';
import { executionModeSchema, intelligenceLevelSchema, llmConfigSchema } from './agents.schemas.js';
import { ACTIONS, SCENARIOS } from './domain/intelligence.js';

const BUDGET = 'What model calls for the agent may cost, USD; null: no limit of its own.';
const reason = z.string().meta({ description: 'Why, for people.' });

export const putAgentIntelligenceSchema = z
  .strictObject({
    intelligenceLevel: intelligenceLevelSchema.optional(),
    executionMode: executionModeSchema.optional(),
    llmConfig: llmConfigSchema.nullable().optional(),
    budgetUsd: usdInputSchema.nullable().optional().meta({ description: BUDGET }),
  })
  .meta({
    id: 'PutAgentIntelligence',
    description: 'The settings to change; what is absent stays as it is.',
    example: { intelligenceLevel: 'adaptive', executionMode: 'adaptive', budgetUsd: '5.00' },
  });
export type PutAgentIntelligence = z.output<typeof putAgentIntelligenceSchema>;

export const agentIntelligenceSchema = z
  .object({
    intelligenceLevel: intelligenceLevelSchema,
    executionMode: executionModeSchema,
    llmConfig: llmConfigSchema.nullable(),
    budgetUsd: usdSchema.nullable().meta({ description: BUDGET, example: '5.000000000' }),
    llmCallsCount: z.int().min(0).meta({ description: 'Model calls booked for the agent.', example: 0 }),
    llmCostSpent: z.string().meta({ description: 'What they cost, USD.', example: '0.000000000' }),
    effectivePolicy: z
      .array(
        z.object({
          scenario: z.enum(SCENARIOS),
          allowed: z.boolean().meta({ description: 'Whether a model may be asked.' }),
          reach: z.enum(['no', 'rules', 'model', 'proposes', 'applies']).meta({
            description:
              '`rules`: rules answer in its place. `proposes`: a person approves. `applies`: what it proposes is applied.',
          }),
          reason,
        }),
      )
      .meta({ description: 'When a model may be asked, by level, switches and roll-out.' }),
    effectiveActions: z
      .array(z.object({ action: z.enum(ACTIONS), allowed: z.boolean(), reason }))
      .meta({ description: 'What it may do then, by mode.' }),
  })
  .meta({ id: 'AgentIntelligence', description: 'When a model may help an agent, and with what.' });
export type AgentIntelligenceView = z.output<typeof agentIntelligenceSchema>;
