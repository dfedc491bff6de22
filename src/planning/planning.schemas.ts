import { z } from 'zod';
import { SAMPLE_AGENT_ID } from '../agents/agents.schemas.js';
import type { JsonObject } from '../common/json.js';
import { usdSchema } from '../common/usd.schema.js';
import { planConstraintsSchema } from '../workflows/plan-constraints.schema.js';
import { definitionSchema } from '../workflows/domain/definition.js';
import { EXAMPLE_DEFINITION, uncheckedDefinitionSchema } from '../workflows/unchecked-definition.schema.js';
import { MAX_DEPTH, MAX_SUB_TASKS } from './functions/decompose-task/decomposition.schemas.js';

/** A request is a few sentences; more is a document. */
const MAX_REQUEST = 20_000;

export const createPlanSchema = z
  .strictObject({
    request: z
      .string()
      .max(MAX_REQUEST)
      .regex(/\S/, 'must not be blank')
      .meta({ description: 'What shall be done, in plain words.' }),
    constraints: planConstraintsSchema.default({}),
    planner: z.string().max(64).optional().meta({
      description:
        'Who plans: `rules`, `model` or another planner of this deployment. Default: a model where that is allowed, else the rules.',
    }),
  })
  .meta({
    id: 'CreatePlan',
    description: 'A sentence to make a plan of.',
    example: {
      request: 'Read package-lock.json, count the packages per licence, then write the result to counts.json',
    },
  });
export type CreatePlan = z.output<typeof createPlanSchema>;

const ownerAgentId = z.uuid().optional().meta({
  description: 'Whose agents would execute it, and who pays for a model.',
  example: SAMPLE_AGENT_ID,
});
const maxSubTasks = z
  .int()
  .min(1)
  .max(MAX_SUB_TASKS)
  .default(10)
  .meta({ description: 'At most so many parts.' });
const jsonObject = z.record(z.string(), z.unknown()) as unknown as z.ZodType<JsonObject>;
const provenance = {
  source: z.enum(['model', 'cache', 'rule', 'twin']).meta({ example: 'twin' }),
  reason: z
    .string()
    .meta({ description: '`allowed`, or why no model was asked or used.', example: 'provider_unavailable' }),
  detail: z.string(),
  costUsd: usdSchema,
};

export const decomposeSchema = z
  .strictObject({
    task: z.strictObject({
      taskType: z.string().min(1).max(200),
      description: z.string().max(4_000).default(''),
      parameters: jsonObject.default({}),
    }),
    ownerAgentId,
    maxSubTasks,
    depth: z
      .int()
      .min(0)
      .max(MAX_DEPTH)
      .default(0)
      .meta({
        description: `How often what it is a part of was split already; ${MAX_DEPTH} is the most.`,
      }),
  })
  .meta({
    id: 'Decompose',
    description: 'A task to split.',
    example: { task: { taskType: 'file.read', parameters: { path: 'package.json' } } },
  });
export type Decompose = z.output<typeof decomposeSchema>;

export const decomposeLiveSchema = z
  .strictObject({ maxSubTasks, by: z.string().max(200).default('') })
  .meta({ id: 'DecomposeLive', description: 'How a task under way is split.', example: {} });
export type DecomposeLive = z.output<typeof decomposeLiveSchema>;

const subTask = z.object({
  taskId: z.string(),
  taskType: z.string(),
  description: z.string(),
  parameters: z.record(z.string(), z.unknown()),
  dependencies: z.array(z.string()),
});

export const decompositionViewSchema = z
  .object({
    isAtomic: z.boolean().meta({ description: 'It stays one task.' }),
    explanation: z.string(),
    subTasks: z.array(subTask),
    spawned: z.record(z.string(), z.uuid()).meta({ description: 'Of a task under way: where each part is.' }),
    ...provenance,
  })
  .meta({ id: 'Decomposition', description: 'The parts of a task.' });
export type DecompositionView = z.output<typeof decompositionViewSchema>;

export const optimizeOrderSchema = z
  .strictObject({
    definition: uncheckedDefinitionSchema,
    ownerAgentId,
    concurrency: z.int().min(1).max(10_000).optional().meta({
      description: 'At most so many tasks at a time. Absent: what the agents of the owner may do at a time.',
    }),
  })
  .meta({
    id: 'OptimizeOrder',
    description: 'A graph whose order shall be better.',
    example: { definition: EXAMPLE_DEFINITION, concurrency: 2 },
  });
export type OptimizeOrder = z.output<typeof optimizeOrderSchema>;

const dependency = { taskId: z.string(), dependency: z.string() };

export const optimizedOrderSchema = z
  .object({
    definition: definitionSchema,
    makespanBeforeSeconds: z.number(),
    makespanAfterSeconds: z.number().meta({ description: 'Never more than before.' }),
    removed: z.array(
      z.object({
        ...dependency,
        why: z
          .enum(['implied', 'not_needed'])
          .meta({ description: '`not_needed`: a model said so, and it is safe.' }),
      }),
    ),
    kept: z
      .array(
        z.object({
          ...dependency,
          because: z.enum(['unknown', 'carries_data', 'is_a_gate', 'orders_effects', 'takes_longer']),
        }),
      )
      .meta({ description: 'What a model took for unnecessary and stays.' }),
    priorities: z.array(z.object({ taskId: z.string(), before: z.int(), after: z.int() })),
    ...provenance,
  })
  .meta({ id: 'OptimizedOrder', description: 'The same work in a better order.' });
export type OptimizedOrderView = z.output<typeof optimizedOrderSchema>;
