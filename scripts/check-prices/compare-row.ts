import type { ModelDescription, TokenPrices } from '../../src/llm/domain/model-price.js';
import { libraryRow, priceAt, pricesOn, tierStarts } from './library-row.ts';

/** One price the two lists disagree on, in pico-dollars per token. */
export interface PriceDifference {
  readonly model: string;
  readonly class: string;
  readonly aboveInputTokens: number;
  readonly ours: number;
  readonly library: number | undefined;
}

export type RowComparison =
  | { readonly inLibrary: false }
  | { readonly inLibrary: true; readonly differences: readonly PriceDifference[] };

const UNITS = {
  inputTokens: 'input_mtok',
  cachedInputTokens: 'cache_read_mtok',
  cacheWriteTokens: 'cache_write_mtok',
  outputTokens: 'output_mtok',
} as const;

function ourPrices(model: ModelDescription, inputTokens: number): TokenPrices {
  return model.tiers.findLast((tier) => inputTokens > tier.aboveInputTokens)?.prices ?? model.prices;
}

/**
 * Compares every price of a row with `@pydantic/genai-prices` on a day (`YYYY-MM-DD`), on both sides of every border
 * of a tier the model can reach. A class the library has no price for costs what input costs.
 */
export function compareRow(model: ModelDescription, day: string): RowComparison {
  const row = libraryRow(model.provider, model.model);
  if (row === undefined) return { inLibrary: false };
  const prices = pricesOn(row, day);
  const borders = [...tierStarts(prices), ...model.tiers.map((tier) => tier.aboveInputTokens)];
  const reachable = [...new Set([0, ...borders])].filter((border) => border < model.maxInputTokens);
  const differences = reachable.flatMap((aboveInputTokens) =>
    Object.entries(UNITS).flatMap(([name, unit]) => {
      const inputTokens = aboveInputTokens + 1;
      const ours = ourPrices(model, inputTokens)[name as keyof typeof UNITS];
      const library = priceAt(prices, unit, inputTokens) ?? priceAt(prices, UNITS.inputTokens, inputTokens);
      if (ours === library) return [];
      return [{ model: `${model.provider}:${model.model}`, class: name, aboveInputTokens, ours, library }];
    }),
  );
  return { inLibrary: true, differences };
}
