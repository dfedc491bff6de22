import { z } from 'zod';
import { listQuerySchema } from '../common/cursor.js';
import { usdSchema } from '../common/usd.schema.js';
import { quoteSchema } from './definition-validation.schemas.js';
import { definitionSchema, taskDefinitionSchema } from './domain/definition.js';
import { PLAN_ORIGINS, PLAN_SOURCES, PLAN_STATUSES } from './domain/plan.js';
import { planConstraintsSchema } from './plan-constraints.schema.js';
import { EXAMPLE_DEFINITION, uncheckedDefinitionSchema } from './unchecked-definition.schema.js';

const origin = z.enum(PLAN_ORIGINS).meta({
  description: 'Where it came from; an `adaptation` belongs to one run.',
  example: 'rules',
});
const status = z.enum(PLAN_STATUSES).meta({
  description: '`approved`: its definition is that of the workflow, or was changed there since.',
  example: 'draft',
});
const confidence = z.number().min(0).max(1).nullable().meta({
  description: 'How often such plans turned out right, by what was approved before; null: nobody knows.',
  example: null,
});
const time = z.iso.datetime().meta({ description: 'RFC 3339, UTC.', example: '2026-11-22T09:30:00.000Z' });

export const planDiagnosticSchema = z
  .object({
    code: z.string().meta({ example: 'task_type_chosen' }),
    severity: z.enum(['info', 'warning']),
    pointer: z
      .string()
      .meta({ description: 'JSON pointer into the definition.', example: '/tasks/0/taskType' }),
    message: z.string(),
  })
  .meta({ id: 'PlanDiagnostic', description: 'Why the planner chose, repaired or left something out.' });

const facts = {
  id: z.uuid().meta({ description: 'UUIDv7.' }),
  workflowId: z.uuid(),
  runId: z.uuid().nullable().meta({ description: 'Of an adaptation.', example: null }),
  version: z.int().min(1).meta({ description: 'Counts within the workflow.', example: 1 }),
  origin,
  source: z.enum(PLAN_SOURCES).meta({
    description:
      'Who answered: a `model`, the `cache` of its answers, a `rule`, the `twin` that plans without a model, a `person`.',
    example: 'twin',
  }),
  reason: z.string().meta({
    description: 'Why this source: `allowed`, or why no model was asked or used.',
    example: 'provider_unavailable',
  }),
  status,
  request: z.string().nullable().meta({ description: 'What was asked for in words.' }),
  description: z.string(),
  confidence,
  quote: quoteSchema,
  contentHash: z.string().meta({
    description: 'SHA-256 of the canonical JSON (RFC 8785) of `definition`: what an approval is bound to.',
    example: 'd2a84f4b8b650937ec8f73cd8be2c74add5a911ba64df27458ed8229da804a26',
  }),
  costUsd: usdSchema.meta({ description: 'What making it cost, USD.', example: '0.000000000' }),
  createdAt: time,
  decidedAt: time.nullable().meta({ description: 'When it was approved or rejected.', example: null }),
};

export const planSummarySchema = z
  .object(facts)
  .meta({ id: 'PlanSummary', description: 'A plan without its definition.' });
export type PlanSummaryView = z.output<typeof planSummarySchema>;

export const planSchema = z
  .object({
    ...facts,
    constraints: planConstraintsSchema,
    definition: definitionSchema,
    tasks: z.array(taskDefinitionSchema).meta({ description: 'The tasks of `definition`.' }),
    dependencies: z
      .record(z.string(), z.array(z.string()))
      .meta({ description: 'Of `definition`, by taskId.' }),
    alternatives: z
      .array(z.object({ definition: definitionSchema, confidence }))
      .meta({ description: 'The next best ones, at most two.' }),
    diagnostics: z.array(planDiagnosticSchema),
  })
  .meta({ id: 'Plan', description: 'A versioned proposal of the definition of a workflow.' });
export type PlanView = z.output<typeof planSchema>;

export const planPageSchema = z
  .object({ items: z.array(planSummarySchema), nextCursor: z.string().nullable() })
  .meta({ id: 'PlanPage', description: 'One page of plans; `nextCursor` is null on the last.' });
export type PlanPage = z.output<typeof planPageSchema>;

export const listPlansQuerySchema = listQuerySchema.extend({
  status: status.optional(),
  origin: origin.optional(),
});
export type ListPlansQuery = z.output<typeof listPlansQuerySchema>;

export const addPlanSchema = z
  .strictObject({
    definition: uncheckedDefinitionSchema,
    description: z
      .string()
      .max(4_000)
      .optional()
      .meta({ description: 'What the plan does; default: that of `basedOn`.' }),
    origin: z
      .enum(['manual', 'import'])
      .default('manual')
      .meta({ description: 'Whether a person wrote it or it comes from elsewhere.' }),
    basedOn: z.uuid().optional().meta({
      description: 'The plan this is an edit of: its request and constraints are kept with it.',
    }),
  })
  .meta({
    id: 'AddPlan',
    description: 'A definition as a new version.',
    example: { definition: EXAMPLE_DEFINITION, description: 'Greets, as before.' },
  });
export type AddPlan = z.output<typeof addPlanSchema>;

export const decidePlanSchema = z
  .strictObject({
    contentHash: z
      .string()
      .regex(/^[0-9a-f]{64}$/, 'must be 64 hexadecimal digits')
      .optional()
      .meta({ description: 'Of the plan as you saw it; another one is refused.' }),
  })
  .meta({ id: 'DecidePlan', description: 'Which content the decision is about.', example: {} });
export type DecidePlan = z.output<typeof decidePlanSchema>;

const fieldChangeSchema = z.object({
  pointer: z.string().meta({ description: 'JSON pointer (RFC 6901).', example: '/parameters/path' }),
  before: z.unknown().optional().meta({ description: 'Absent: it was not there.' }),
  after: z.unknown().optional().meta({ description: 'Absent: it is not there any more.' }),
});

export const planDiffSchema = z
  .object({
    planId: z.uuid(),
    against: z.string().nullable().meta({
      description:
        'The plan it was compared with, `definition`, `run` (as it was when the plan was made), or null: there was nothing.',
    }),
    isEqual: z.boolean().meta({ description: 'The order of tasks and members counts for nothing.' }),
    added: z.array(taskDefinitionSchema),
    removed: z.array(taskDefinitionSchema),
    changed: z.array(
      z.object({
        taskId: z.string(),
        changes: z.array(fieldChangeSchema).meta({ description: 'Pointers into the task.' }),
        dependenciesAdded: z.array(z.string()),
        dependenciesRemoved: z.array(z.string()),
      }),
    ),
    changes: z.array(fieldChangeSchema).meta({ description: 'Outside of the tasks.' }),
    omitted: z
      .int()
      .meta({ description: 'Changes that are not listed: after 1,000 of a task or of the rest.' }),
  })
  .meta({ id: 'PlanDiff', description: 'What a plan changes.' });
export type PlanDiffView = z.output<typeof planDiffSchema>;

export const planDiffQuerySchema = z.strictObject({
  against: z
    .union([z.uuid(), z.literal('definition')])
    .optional()
    .meta({
      description:
        'Another plan of the workflow, or `definition`: what the workflow runs now. Default: the approved plan, of that one itself the version before.',
    }),
});
export type PlanDiffQuery = z.output<typeof planDiffQuerySchema>;
