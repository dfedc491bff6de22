import { formatUsd } from '../common/money.js';
import type { ModelDescription, TokenPrices } from './domain/model-price.js';
import type { InteractionRecord } from './interactions/interactions-store.port.js';
import type { InteractionView, ModelListView } from './llm.schemas.js';

/** Pico-dollars a token as USD per million tokens. */
const perMillion = (picoUsd: number): string => formatUsd(BigInt(picoUsd) * 1_000n);

function pricesView(prices: TokenPrices): ModelListView['items'][number]['prices'] {
  return {
    input: perMillion(prices.inputTokens),
    cachedInput: perMillion(prices.cachedInputTokens),
    cacheWrite: perMillion(prices.cacheWriteTokens),
    output: perMillion(prices.outputTokens),
  };
}

export function toModelView(model: ModelDescription, available: boolean): ModelListView['items'][number] {
  const { provider, model: name, maxInputTokens, maxOutputTokens, source, asOf } = model;
  return {
    ...{ provider, model: name, available, maxInputTokens, maxOutputTokens, source, asOf },
    prices: pricesView(model.prices),
    tiers: model.tiers.map(({ aboveInputTokens, prices }) => ({
      aboveInputTokens,
      prices: pricesView(prices),
    })),
  };
}

export function toInteractionView(record: InteractionRecord): InteractionView {
  const { usage, cost, bound, outcome, createdAt, settledAt: _, ...shown } = record;
  return {
    ...shown,
    usage: {
      inputTokens: usage.inputTokens ?? null,
      cachedInputTokens: usage.cachedInputTokens ?? null,
      cacheWriteTokens: usage.cacheWriteTokens ?? null,
      outputTokens: usage.outputTokens ?? null,
      reasoningTokens: usage.reasoningTokens ?? null,
    },
    costUsd: formatUsd(cost),
    boundUsd: formatUsd(bound),
    outcome: outcome ?? 'pending',
    cacheResult: 'miss',
    createdAt: createdAt.toISOString(),
  };
}
