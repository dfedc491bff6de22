import { z } from 'zod';
import { CALL_OUTCOMES } from './domain/call-outcome.js';
import { listQuerySchema } from '../common/cursor.js';

export const INTERACTION_ID = '01920000-0000-7000-8000-000000000009';
const time = z.iso.datetime().meta({ description: 'RFC 3339, UTC.', example: '2026-11-22T09:30:00.000Z' });
const id = z.uuid();
const usd = z.string().meta({ description: 'USD, nine decimals.', example: '0.000412500' });
const count = z.int().min(0);

const page = <T extends z.ZodType>(items: T, name: string) =>
  z.object({ items: z.array(items), nextCursor: z.string().nullable() }).meta({ id: name });

export const providerSchema = z
  .object({
    provider: z.string().meta({ example: 'openai' }),
    description: z.string(),
    available: z.boolean(),
    reason: z
      .string()
      .nullable()
      .meta({ description: 'Why it is off and what to set.', example: 'OPENAI_API_KEY is not set.' }),
    preferred: z.boolean().meta({ description: 'Whether it is asked when an agent names none.' }),
    defaultModel: z.string().nullable().meta({ example: 'gpt-5-nano' }),
    models: z
      .array(
        z.object({
          model: z.string(),
          breaker: z
            .enum(['closed', 'open', 'half_open'])
            .meta({ description: '`open`: it failed repeatedly and is not asked for some seconds.' }),
        }),
      )
      .meta({ description: 'Models this process has asked.' }),
  })
  .meta({ id: 'LlmProvider', description: 'A provider of models, as this process sees it.' });
export const providerListSchema = z
  .object({ items: z.array(providerSchema), nextCursor: z.null() })
  .meta({ id: 'LlmProviderList', description: 'All providers; there is one page.' });
export type ProviderListView = z.output<typeof providerListSchema>;

const prices = z
  .object({ input: usd, cachedInput: usd, cacheWrite: usd, output: usd })
  .meta({ id: 'LlmPrices', description: 'USD per million tokens.' });

export const modelSchema = z
  .object({
    provider: z.string().meta({ example: 'openai' }),
    model: z.string().meta({ example: 'gpt-5-mini' }),
    available: z.boolean().meta({ description: 'Whether its provider can be asked.' }),
    prices,
    tiers: z
      .array(z.object({ aboveInputTokens: count, prices }))
      .meta({ description: 'Prices of calls with more input.' }),
    maxInputTokens: count,
    maxOutputTokens: count,
    source: z.string().meta({ description: 'Where the prices were read.' }),
    asOf: z.string().meta({ description: 'When.', example: '2026-11-01' }),
  })
  .meta({ id: 'LlmModel', description: 'A model with a known price; others are not asked.' });
export const modelListSchema = z.object({ items: z.array(modelSchema), nextCursor: z.null() }).meta({
  id: 'LlmModelList',
  description:
    'All models of the price list, of extensions, and those that are asked by default; there is one page.',
});
export type ModelListView = z.output<typeof modelListSchema>;

const OUTCOMES = ['pending', ...CALL_OUTCOMES] as const;

const tokens = count.nullable();
export const interactionSchema = z
  .object({
    id: id.meta({ example: INTERACTION_ID }),
    callId: id.meta({ description: 'The same for all attempts, repairs and fallbacks of one question.' }),
    attempt: z.int().min(1),
    agentId: id.nullable(),
    workflowId: id.nullable(),
    runId: id.nullable(),
    taskId: id.nullable(),
    interactionType: z.string().meta({ description: 'Function or task type.', example: 'summarise-run' }),
    provider: z.string(),
    model: z.string(),
    promptVersion: z.string().meta({ example: 'summarise-run@1' }),
    priceVersion: z.string().meta({ description: 'Date of the prices.', example: '2026-11-01' }),
    usage: z
      .object({
        inputTokens: tokens,
        cachedInputTokens: tokens,
        cacheWriteTokens: tokens,
        outputTokens: tokens,
        reasoningTokens: tokens,
      })
      .meta({ description: 'null: the provider did not say. The classes of input do not overlap.' }),
    costUsd: usd,
    boundUsd: usd.meta({ description: 'What was reserved for it before it went out.' }),
    latencyMs: z.int().nullable(),
    outcome: z.enum(OUTCOMES).meta({
      description:
        '`pending`: under way; `unfinished`: it ended in a way of its provider; `expired`: lost, charged in full.',
      example: 'answered',
    }),
    cacheResult: z.enum(['miss']).meta({ description: 'Hits are counted, they are no call.' }),
    requestId: z.string().nullable().meta({ description: "The provider's name for the answer." }),
    createdAt: time,
  })
  .meta({ id: 'LlmInteraction', description: 'One model call as recorded.' });
export type InteractionView = z.output<typeof interactionSchema>;
export const interactionPageSchema = page(interactionSchema, 'LlmInteractionPage');

export const interactionDetailSchema = interactionSchema
  .extend({
    prompt: z.unknown().meta({ description: 'As LLM_CAPTURE_CONTENT keeps it; null: not kept.' }),
    response: z.string().nullable(),
  })
  .meta({ id: 'LlmInteractionDetail', description: 'One model call with what was asked and answered.' });
export type InteractionDetailView = z.output<typeof interactionDetailSchema>;

const text = z.string().max(200).optional();
export const listInteractionsQuerySchema = listQuerySchema.extend({
  agentId: id.optional(),
  workflowId: id.optional(),
  runId: id.optional(),
  taskId: id.optional().meta({ description: 'UUID of the task.' }),
  interactionType: text.meta({ example: 'summarise-run' }),
  provider: text,
  model: text,
  outcome: z.enum(OUTCOMES).optional().meta({ example: 'answered' }),
});
export type ListInteractionsQuery = z.output<typeof listInteractionsQuerySchema>;

export const runCostsSchema = z
  .object({
    runId: id,
    costUsd: usd,
    items: z
      .array(
        z.object({
          taskId: id.nullable().meta({ description: 'null: for the run as a whole.' }),
          interactionType: z.string(),
          provider: z.string(),
          model: z.string(),
          calls: count,
          costUsd: usd,
        }),
      )
      .meta({ description: 'Dearest first.' }),
  })
  .meta({ id: 'RunCosts', description: 'What the model calls of a run cost.' });
export type RunCostsView = z.output<typeof runCostsSchema>;

export const runSummarySchema = z
  .object({
    runId: id,
    summary: z.string().meta({ example: 'The run succeeded after 3.2 s. Of 3 tasks: 3 succeeded.' }),
    source: z.enum(['model', 'cache', 'rule', 'twin']).meta({
      description: '`twin`: no model was asked, or none gave an answer that can be used; `reason` says why.',
    }),
    reason: z.string().meta({ description: 'Why no model, or `allowed`.', example: 'provider_unavailable' }),
    detail: z.string().meta({ description: 'The reason for people.' }),
    interactionId: id.nullable(),
    costUsd: usd,
  })
  .meta({ id: 'RunSummary', description: 'A paragraph on what happened in a run.' });
export type RunSummaryView = z.output<typeof runSummarySchema>;
