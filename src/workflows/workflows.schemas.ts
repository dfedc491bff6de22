import { z } from 'zod';
import { SAMPLE_AGENT_ID } from '../agents/agents.schemas.js';
import { BUDGET_PERIODS } from '../agents/domain/budget-period.js';
import { usdInputSchema, usdSchema } from '../common/usd.schema.js';
import { listQuerySchema } from '../common/cursor.js';
import { EXAMPLE_DEFINITION, uncheckedDefinitionSchema } from './unchecked-definition.schema.js';
import { ON_BUDGET_EXHAUSTED, WORKFLOW_STATUSES } from './workflow.js';

const name = z
  .string()
  .max(200)
  .regex(/\S/, 'must not be blank')
  .meta({ description: 'What people call the workflow; need not be unique.', example: 'Greeting' });
const description = z
  .string()
  .max(4_000)
  .meta({ description: 'What the workflow is for.', example: 'Writes a greeting to a file.' });
const ownerAgentId = z.uuid().meta({
  description: 'The agent that owns the workflow: it and the agents below it execute the tasks.',
  example: SAMPLE_AGENT_ID,
});
const status = z.enum(WORKFLOW_STATUSES).meta({
  description: 'An `archived` workflow is kept but refuses to start.',
  example: 'active',
});

const BUDGET = 'What the model calls of all its runs may cost; null: the default of the deployment.';
const PERIOD = 'When its budget begins anew, at midnight UTC; `none`: never.';
const RUN_BUDGET = 'What the model calls of one run may cost; null: what the other budgets leave.';
const EXHAUSTED =
  'What happens when a budget refuses a model call: `twin` goes on without it, `pause` pauses the run until somebody ' +
  'raises the limit and resumes it, `fail` ends the run.';
const budgetPeriod = z.enum(BUDGET_PERIODS).meta({ description: PERIOD, example: 'none' });
const onBudgetExhausted = z.enum(ON_BUDGET_EXHAUSTED).meta({ description: EXHAUSTED, example: 'twin' });

const requireApprovedPlan = z.boolean().meta({
  description: 'Whether it starts only while its definition is exactly that of its approved plan.',
  example: false,
});

export const workflowSettingsSchema = z
  .object({
    budgetUsd: usdSchema.nullable().meta({ description: BUDGET, example: null }),
    budgetPeriod,
    runBudgetUsd: usdSchema.nullable().meta({ description: RUN_BUDGET, example: null }),
    onBudgetExhausted,
    requireApprovedPlan,
  })
  .meta({
    id: 'WorkflowSettings',
    description: 'What its model calls may cost, and what it needs to start.',
  });

export const setWorkflowSettingsSchema = z
  .strictObject({
    budgetUsd: usdInputSchema.nullable().optional().meta({ description: BUDGET }),
    budgetPeriod: budgetPeriod.optional(),
    runBudgetUsd: usdInputSchema.nullable().optional().meta({ description: RUN_BUDGET }),
    onBudgetExhausted: onBudgetExhausted.optional(),
    requireApprovedPlan: requireApprovedPlan.optional(),
  })
  .meta({
    id: 'SetWorkflowSettings',
    description: 'The settings to change.',
    example: { budgetUsd: '5.00', budgetPeriod: 'month', onBudgetExhausted: 'pause' },
  });

export const createWorkflowSchema = z
  .strictObject({
    name,
    description: description.default(''),
    ownerAgentId,
    definition: uncheckedDefinitionSchema.optional(),
    settings: setWorkflowSettingsSchema.default({}),
  })
  .meta({
    id: 'CreateWorkflow',
    description: 'A new workflow; its definition can also follow by PUT.',
    example: { name: 'Greeting', ownerAgentId: SAMPLE_AGENT_ID, definition: EXAMPLE_DEFINITION },
  });
export type CreateWorkflow = z.output<typeof createWorkflowSchema>;

export const patchWorkflowSchema = z
  .strictObject({
    name: name.optional(),
    description: description.optional(),
    status: status.optional(),
    settings: setWorkflowSettingsSchema.optional(),
  })
  .meta({
    id: 'PatchWorkflow',
    description: 'The fields to change.',
    example: { description: 'Greets whoever the input names.' },
  });
export type PatchWorkflow = z.output<typeof patchWorkflowSchema>;

const time = z.iso.datetime().meta({ description: 'RFC 3339, UTC.', example: '2026-11-22T09:30:00.000Z' });

export const workflowSchema = z
  .object({
    id: z.uuid().meta({ description: 'UUIDv7.' }),
    name,
    description,
    ownerAgentId,
    status,
    definitionVersion: z.int().min(0).meta({
      description: 'One more with every change of the definition; 0: there is none yet.',
      example: 1,
    }),
    settings: workflowSettingsSchema,
    createdAt: time,
    updatedAt: time,
  })
  .meta({ id: 'Workflow', description: 'A named, owned definition that can be run many times.' });
export type WorkflowView = z.output<typeof workflowSchema>;

export const workflowPageSchema = z
  .object({ items: z.array(workflowSchema), nextCursor: z.string().nullable() })
  .meta({ id: 'WorkflowPage', description: 'One page of workflows; `nextCursor` is null on the last.' });
export type WorkflowPage = z.output<typeof workflowPageSchema>;

export const listWorkflowsQuerySchema = listQuerySchema.extend({
  status: status.optional(),
  ownerAgentId: z.uuid().optional().meta({ description: 'Workflows of this agent.' }),
});
export type ListWorkflowsQuery = z.output<typeof listWorkflowsQuerySchema>;
