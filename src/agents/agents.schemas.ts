import { z } from 'zod';
import { listQuerySchema } from '../common/cursor.js';
import { EXECUTION_MODES, INTELLIGENCE_LEVELS } from '../common/intelligence.js';
import { CAPABILITY_PATTERN } from '../tasks/domain/capability.js';
import { AGENT_STATUSES } from './domain/agent.js';

/** The agent of the sample, present after the first start; examples name it so that they work as sent. */
export const SAMPLE_AGENT_ID = '01920000-0000-7000-8000-000000000001';

/** Text that can be stored and has something to show. */
const name = z
  .string()
  .max(200)
  .regex(/\S/, 'must not be blank')
  .meta({ description: 'What people call the agent; need not be unique.', example: 'Licence auditor' });

const description = z.string().max(4_000).meta({
  description: 'What the agent is for.',
  example: 'Checks what our dependencies are licensed under.',
});

const capability = z
  .string()
  .max(200)
  .regex(CAPABILITY_PATTERN, 'must be a task type, a group such as "http.*", or "*"');

const capabilities = z
  .array(capability)
  .max(100)
  .refine((items) => new Set(items).size === items.length, 'must not name a capability twice')
  .meta({
    description: 'Task types the agent may execute, each once: `http.request`, `http.*`, `*`.',
    example: ['*'],
  });

const status = z.enum(AGENT_STATUSES).meta({
  description:
    '`active` takes tasks, `paused` takes none for now, `retired` takes neither tasks nor children.',
  example: 'active',
});

const maxConcurrentTasks = z.int().min(1).max(100_000).nullable().meta({
  description:
    'How many tasks it executes at a time, in all processes together; others stay `ready`. null: no limit.',
  example: null,
});

export const llmConfigSchema = z
  .strictObject({
    provider: z.string().min(1).max(100).optional(),
    model: z.string().min(1).max(200).optional(),
    temperature: z.number().min(0).max(2).optional(),
    maxOutputTokens: z.int().min(1).max(1_000_000).optional(),
    fallbacks: z
      .array(z.string().regex(/^[^:]{1,100}:.{1,200}$/, 'must be "provider:model"'))
      .max(5)
      .optional()
      .meta({ description: '`provider:model`, asked in turn when the one before failed.', example: [] }),
  })
  .meta({
    id: 'LlmConfig',
    description: 'Settings for model calls of this agent; what is absent is as the deployment has it.',
    example: { provider: 'openai', model: 'gpt-5-mini', temperature: 0.2, maxOutputTokens: 2_000 },
  });

export const intelligenceLevelSchema = z.enum(INTELLIGENCE_LEVELS).meta({
  description: 'When a model may be asked while a run is going on; `basic`: never.',
  example: 'basic',
});
export const executionModeSchema = z.enum(EXECUTION_MODES).meta({
  description: 'What a model, or a rule learned from one, may change in a run.',
  example: 'strict',
});

/** A level or a mode a new agent does not set is its parent's at that moment, else the deployment's. */
const intelligence = {
  llmConfig: llmConfigSchema.nullable().default(null),
  intelligenceLevel: intelligenceLevelSchema.optional(),
  executionMode: executionModeSchema.optional(),
};

const id = z.uuid().meta({ description: 'UUIDv7.', example: SAMPLE_AGENT_ID });
const parentAgentId = z
  .uuid()
  .nullable()
  .meta({ description: 'The agent above; null: none.', example: SAMPLE_AGENT_ID });

const EXAMPLE = { name: 'Licence auditor', capabilities: ['*'] };

export const createAgentSchema = z
  .strictObject({
    name,
    description: description.default(''),
    capabilities: capabilities.default([]),
    parentAgentId: parentAgentId.default(null),
    status: status.default('active'),
    maxConcurrentTasks: maxConcurrentTasks.default(null),
    ...intelligence,
  })
  .meta({
    id: 'CreateAgent',
    description: 'A new agent. Without a level or a mode it has those of its parent.',
    example: EXAMPLE,
  });
export type CreateAgent = z.output<typeof createAgentSchema>;

export const createChildAgentSchema = z
  .strictObject({
    name,
    description: description.default(''),
    capabilities: capabilities.optional(),
    status: status.default('active'),
    maxConcurrentTasks: maxConcurrentTasks.default(null),
    ...intelligence,
  })
  .meta({
    id: 'CreateChildAgent',
    description: 'A new agent below the one in the path; without `capabilities` it has those of its parent.',
    example: { name: 'Report writer', capabilities: ['text.*', 'file.write'] },
  });
export type CreateChildAgent = z.output<typeof createChildAgentSchema>;

export const patchAgentSchema = z
  .strictObject({
    name: name.optional(),
    description: description.optional(),
    capabilities: capabilities.optional(),
    parentAgentId: parentAgentId.optional(),
    status: status.optional(),
    maxConcurrentTasks: maxConcurrentTasks.optional(),
    llmConfig: llmConfigSchema.nullable().optional(),
  })
  .meta({
    id: 'PatchAgent',
    description: 'The fields to change. `parentAgentId` moves the agent, null makes it a root.',
    example: { description: 'Checks licences before each release.' },
  });
export type PatchAgent = z.output<typeof patchAgentSchema>;

const time = z.iso.datetime().meta({ description: 'RFC 3339, UTC.', example: '2026-11-22T09:30:00.000Z' });

export const agentSchema = z
  .object({
    id,
    name,
    description,
    capabilities,
    parentAgentId,
    childAgentIds: z.array(z.uuid()).meta({ description: 'Direct children, oldest first.', example: [] }),
    status,
    maxConcurrentTasks,
    llmConfig: llmConfigSchema.nullable(),
    intelligenceLevel: intelligenceLevelSchema,
    executionMode: executionModeSchema,
    llmCallsCount: z.int().min(0).meta({ description: 'Model calls booked for the agent.', example: 0 }),
    llmCostSpent: z.string().meta({ description: 'What they cost, USD.', example: '0.000000000' }),
    createdAt: time,
    updatedAt: time,
  })
  .meta({ id: 'Agent', description: 'A named worker identity.' });
export type AgentView = z.output<typeof agentSchema>;

export const agentPageSchema = z
  .object({ items: z.array(agentSchema), nextCursor: z.string().nullable() })
  .meta({ id: 'AgentPage', description: 'One page of agents; `nextCursor` is null on the last.' });
export type AgentPage = z.output<typeof agentPageSchema>;

const treeNode = z
  .object({
    id,
    name,
    status,
    capabilities,
    parentAgentId,
    maxConcurrentTasks,
    depth: z.int().min(0).meta({ description: 'Levels below the agent asked for.', example: 0 }),
    liveTasks: z.int().min(0).meta({ description: 'Tasks of the agent that have not ended.', example: 0 }),
    childCount: z.int().min(0).meta({ description: 'Direct children, shown or not.', example: 0 }),
    get children() {
      return z.array(treeNode);
    },
  })
  .meta({ id: 'AgentTree', description: 'An agent with the agents below it.' });

export const hierarchySchema = z
  .object({
    root: treeNode,
    agents: z.int().min(1).meta({ description: 'Agents shown.', example: 1 }),
    truncated: z.boolean().meta({
      description: 'Whether some shown agent has children that are not shown (1,000 agents, 100 levels).',
      example: false,
    }),
  })
  .meta({ id: 'AgentHierarchy', description: 'The tree below an agent, with load.' });
export type HierarchyView = z.output<typeof hierarchySchema>;

export const listAgentsQuerySchema = listQuerySchema.extend({
  status: status.optional(),
  parentAgentId: z.uuid().optional().meta({ description: 'Direct children of this agent.' }),
  capability: capability
    .optional()
    .meta({ description: 'Agents that may execute this task type.', example: 'http.request' }),
  name: z.string().max(200).optional().meta({ description: 'The exact name.' }),
});
export type ListAgentsQuery = z.output<typeof listAgentsQuerySchema>;
