import { z } from 'zod';
import { usdSchema } from '../common/usd.schema.js';
import { MAX_DAYS } from './domain/report-range.js';
import { DIMENSIONS } from './domain/usage.js';

/** More groups than that are no report anybody reads. */
export const MAX_GROUPS = 1_000;

const count = z.int().min(0);
const rate = z.number().min(0).max(1).nullable();
const time = z.iso.datetime();

/** Given once with commas, or several times. */
const listOf = <T extends readonly [string, ...string[]]>(names: T) =>
  z.preprocess(
    (given) =>
      (Array.isArray(given) ? given : [given]).flatMap((each) =>
        // An empty one is a list of none.
        typeof each === 'string' ? (each === '' ? [] : each.split(',')) : each,
      ),
    z.array(z.enum(names)).transform((list) => [...new Set(list)]),
  );

const instant = (description: string) =>
  z
    .union([z.iso.date(), z.iso.datetime({ offset: true })], {
      error: 'must be a day like "2026-11-27", which begins in UTC, or a time like "2026-11-27T09:30:00Z"',
    })
    .optional()
    .meta({ description, example: '2026-11-01' });

const rangeFields = {
  from: instant('Calls that went out at this time or later. Default: 30 days before the end.'),
  to: instant(`Calls that went out before. Default: now. A range has at most ${MAX_DAYS} days.`),
};
const bounded = `Combined when there are several, with commas between; more than ${MAX_GROUPS} groups are refused.`;

const USAGE_DIMENSIONS = ['day', 'function', 'provider', 'model', 'agent', 'workflow'] as const;

export const intelligenceQuerySchema = z.strictObject({
  ...rangeFields,
  groupBy: listOf(USAGE_DIMENSIONS)
    .prefault([])
    .meta({ description: `Without: the total alone. ${bounded}`, example: ['function'] }),
});
export type IntelligenceQuery = z.output<typeof intelligenceQuerySchema>;

export const costsQuerySchema = z.strictObject({
  ...rangeFields,
  groupBy: listOf(DIMENSIONS)
    .prefault(['day'])
    .meta({ description: `Default: day; empty: the total alone. ${bounded}`, example: ['day', 'model'] }),
});
export type CostsQuery = z.output<typeof costsQuerySchema>;

const group = z
  .object({
    day: z.iso.date().optional().meta({ description: 'In UTC, when the call went out.' }),
    function: z.string().optional().meta({ description: 'Function or task type.' }),
    provider: z.string().optional(),
    model: z.string().optional(),
    agent: z.uuid().nullable().optional().meta({ description: 'Its id; null: for no agent.' }),
    workflow: z.uuid().nullable().optional().meta({ description: 'Its id; null: of no workflow.' }),
    outcome: z.string().optional(),
  })
  .meta({ description: 'What all of the group have in common: the members that were asked for.' });

const costFigures = {
  calls: count.meta({ description: 'Calls that have ended and are booked, attempts and repairs included.' }),
  costUsd: usdSchema,
  tokens: z
    .object({
      inputTokens: count,
      cachedInputTokens: count,
      cacheWriteTokens: count,
      outputTokens: count,
      reasoningTokens: count,
    })
    .meta({
      description:
        'As far as providers said. The classes of input do not overlap; reasoning is part of the output.',
    }),
};

const usageFigures = {
  ...costFigures,
  successRate: rate.meta({ description: 'Calls whose answer could be used, of all calls.' }),
  latencyMs: z
    .object({ p50: count.nullable(), p95: count.nullable() })
    .meta({ description: 'Half, and 95 of 100, of the calls took no longer.' }),
  answers: z.object({ model: count, cache: count, rule: count, twin: count }).nullable().meta({
    description:
      'Answers of functions by who gave them, of whole hours; those of a switch or level without models are not counted. null: answers without a call have no provider or model.',
  }),
  cacheHitRate: rate.meta({ description: 'Answers out of the cache, of those and answers of models.' }),
  twinRate: rate.meta({ description: 'Answers of twins, of all answers.' }),
};

const EXAMPLE_COSTS = {
  ...{ calls: 2, costUsd: '0.000412500' },
  tokens: {
    ...{ inputTokens: 810, cachedInputTokens: 0, cacheWriteTokens: 0 },
    ...{ outputTokens: 120, reasoningTokens: 64 },
  },
};
const EXAMPLE_USAGE = {
  ...EXAMPLE_COSTS,
  ...{ successRate: 0.5, latencyMs: { p50: 740, p95: 1_310 } },
  ...{ answers: { model: 1, cache: 3, rule: 0, twin: 1 }, cacheHitRate: 0.75, twinRate: 0.2 },
};
const EXAMPLE_RANGE = { from: '2026-11-01T00:00:00.000Z', to: '2026-11-27T10:00:00.000Z' };

const rangeOf = { from: time, to: time.meta({ description: 'Not part of the range.' }) };

export const intelligenceSchema = z
  .object({
    ...rangeOf,
    total: z.object(usageFigures),
    groups: z
      .array(z.object({ group, ...usageFigures }))
      .meta({ description: 'Dearest first; by day: in order of days.' }),
  })
  .meta({
    id: 'IntelligenceMetrics',
    description: 'How models were used, in total and by what was asked for.',
    example: {
      ...EXAMPLE_RANGE,
      total: EXAMPLE_USAGE,
      groups: [{ group: { function: 'summarise-run' }, ...EXAMPLE_USAGE }],
    },
  });
export type IntelligenceView = z.output<typeof intelligenceSchema>;

export const costReportSchema = z
  .object({
    ...rangeOf,
    total: z.object(costFigures),
    groups: z
      .array(z.object({ group, ...costFigures }))
      .meta({ description: 'Dearest first; by day: in order of days.' }),
  })
  .meta({
    id: 'CostReport',
    description: 'What calls of models cost, to the nano-dollar as in their record.',
    example: {
      ...EXAMPLE_RANGE,
      total: EXAMPLE_COSTS,
      groups: [{ group: { day: '2026-11-27', model: 'gpt-5-mini' }, ...EXAMPLE_COSTS }],
    },
  });
export type CostReportView = z.output<typeof costReportSchema>;
