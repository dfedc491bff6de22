import { z } from 'zod';
import type { JsonObject } from '../../common/json.js';
import { usdInputSchema, usdSchema } from '../../common/usd.schema.js';
import { PLAN_SOURCES } from '../../workflows/domain/plan.js';
import { planDiffSchema, planSchema } from '../../workflows/plans.schemas.js';

const MAX_NAMES = 200;
/** Bytes of all conditions together, as JSON. */
const MAX_CONDITIONS = 16_384;

const knownConditions = {
  agentsGone: z
    .array(z.uuid())
    .max(MAX_NAMES)
    .default([])
    .meta({ description: 'These agents take no tasks any more.' }),
  taskTypesDisabled: z
    .array(z.string().max(200))
    .max(MAX_NAMES)
    .default([])
    .meta({ description: 'These task types cannot be executed any more.' }),
  deadlineSeconds: z
    .number()
    .positive()
    .max(1_000_000_000)
    .optional()
    .meta({ description: 'The rest is to take no longer.' }),
  budgetUsd: usdInputSchema.optional().meta({ description: 'The models of the rest are to cost no more.' }),
};

export const adaptSchema = z
  .strictObject({
    conditions: z
      .looseObject(knownConditions)
      .default({ agentsGone: [], taskTypesDisabled: [] })
      .refine((conditions) => JSON.stringify(conditions).length <= MAX_CONDITIONS, {
        message: `must be at most ${MAX_CONDITIONS} characters of JSON`,
      })
      .meta({
        description:
          'What the rest has to cope with. Agents that are not active and task types that are not available are seen ' +
          'without being named; members with other names are for a model, rules make nothing of them.',
        additionalProperties: true,
      }),
    apply: z.boolean().default(true).meta({
      description: 'False: only propose, also where the level of the agent would apply it.',
    }),
  })
  .meta({
    id: 'AdaptRun',
    description: 'What has changed.',
    example: { conditions: { deadlineSeconds: 600, note: 'The supplier is closed on Mondays.' } },
  });
export type Adapt = z.output<typeof adaptSchema>;

/** Members that rules know. */
export const KNOWN_CONDITIONS: readonly string[] = Object.keys(knownConditions);

const changeView = z.object({
  action: z.string().meta({ example: 'delegate' }),
  taskId: z.string(),
  why: z.string(),
});

export const runAdaptationSchema = z
  .object({
    runId: z.uuid(),
    outcome: z.enum(['unchanged', 'proposed', 'applied']).meta({
      description:
        '`proposed`: the plan is a draft, POST /plans/{planId}/approve applies it. `applied`: the run goes on with it as soon ' +
        'as its owner has seen to it (event `plan.adapted`, or `signal.refused` where a task has begun by then).',
    }),
    source: z.enum(PLAN_SOURCES),
    reason: z.string(),
    changes: z.array(changeView),
    plan: planSchema.nullable().meta({ description: 'Null: nothing changes.' }),
    diff: planDiffSchema.omit({ planId: true, against: true }).nullable(),
    checks: z.array(z.object({ check: z.string(), passed: z.boolean(), detail: z.string() })),
    refused: z
      .array(z.object({ code: z.string(), pointer: z.string(), message: z.string() }))
      .meta({ description: 'What was wrong with an answer of a model.' }),
    costUsd: usdSchema,
  })
  .meta({ id: 'RunAdaptation', description: 'What is to be done about the rest of a run.' });
export type RunAdaptationView = z.output<typeof runAdaptationSchema>;

/** Conditions as they came. */
export type GivenConditions = Adapt['conditions'] & JsonObject;
