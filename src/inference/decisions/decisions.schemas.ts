import { z } from 'zod';
import { usdSchema } from '../../common/usd.schema.js';
import { SAMPLE_AGENT_ID } from '../../agents/agents.schemas.js';

const MAX_OPTIONS = 100;
const MAX_CRITERIA = 20;
const MAX_ATTRIBUTES = 50;
/** Bytes of the JSON of `context`. */
const MAX_CONTEXT_BYTES = 16_384;

const optionId = z.string().min(1).max(200);
const attributes = z
  .record(z.string().max(200), z.json())
  .refine(
    (value) => Object.keys(value).length <= MAX_ATTRIBUTES,
    `must have at most ${MAX_ATTRIBUTES} members`,
  )
  .meta({ description: 'What it is judged by, by the names of the criteria.' });
const fullOption = z.strictObject({
  id: optionId,
  description: z.string().max(2_000).optional(),
  attributes: attributes.optional(),
});

/** As a caller writes it: a text alone is the id. */
export const optionsSchema = z
  .array(z.union([optionId, fullOption]))
  .min(1, 'must name at least one option')
  .max(MAX_OPTIONS)
  .meta({
    description: 'What can be chosen, by id; the first one wins where nothing tells them apart.',
    example: [
      { id: 'rail', attributes: { costEur: 120, hours: 9 } },
      { id: 'air', attributes: { costEur: 310, hours: 2 } },
    ],
  });

export const criteriaSchema = z
  .array(
    z.strictObject({
      name: z.string().min(1).max(200).meta({ description: 'An attribute of the options.' }),
      weight: z.number().min(0).max(1e9),
      direction: z.enum(['maximize', 'minimize']).default('maximize'),
    }),
  )
  .max(MAX_CRITERIA)
  .meta({
    description: 'What counts, and how much of all weights together.',
    example: [
      { name: 'costEur', weight: 2, direction: 'minimize' },
      { name: 'hours', weight: 1, direction: 'minimize' },
    ],
  });

export const contextSchema = z
  .json()
  .refine(
    (value) => Buffer.byteLength(JSON.stringify(value)) <= MAX_CONTEXT_BYTES,
    'must be at most 16 kB of JSON',
  )
  .meta({ description: 'What a model should know beside that; rules do not look at it.' });

export const createDecisionSchema = z
  .strictObject({
    agentId: z.uuid().meta({
      description: 'Who decides: its level says whether a model may be asked.',
      example: SAMPLE_AGENT_ID,
    }),
    options: optionsSchema,
    criteria: criteriaSchema.default([]),
    context: contextSchema.optional(),
  })
  .meta({ id: 'CreateDecision', description: 'Something to be decided.' });
export type CreateDecision = z.output<typeof createDecisionSchema>;

export const decisionResultSchema = z.object({
  id: z.uuid(),
  chosen: z.string().meta({ description: 'Id of the chosen option.', example: 'rail' }),
  scores: z.array(
    z.object({ optionId: z.string(), total: z.number(), byCriterion: z.record(z.string(), z.number()) }),
  ),
  source: z.enum(['model', 'cache', 'twin']),
  reason: z.string().meta({ description: 'Why this one, and why by whom.' }),
  twinChoice: z.string().meta({ description: 'What rules alone would have chosen.', example: 'rail' }),
  costUsd: usdSchema,
});
export type DecisionResult = z.output<typeof decisionResultSchema>;

export const decisionSchema = decisionResultSchema
  .extend({
    agentId: z.uuid().nullable(),
    workflowId: z.uuid().nullable(),
    runId: z.uuid().nullable(),
    taskId: z.uuid().nullable().meta({ description: 'UUID of the task that asked.' }),
    options: z.array(fullOption),
    criteria: criteriaSchema,
    checks: z
      .array(z.object({ check: z.string(), passed: z.boolean(), detail: z.string() }))
      .meta({ description: 'What the gate looked at.' }),
    interactionId: z.uuid().nullable(),
    createdAt: z.iso.datetime(),
  })
  .meta({ id: 'DecisionRecord', description: 'What was chosen, out of what, by whom, and why.' });
export type DecisionView = z.output<typeof decisionSchema>;
