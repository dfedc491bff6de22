import { findProvider, type MatchLogic, type ModelInfo, type ModelPrice } from '@pydantic/genai-prices';

const DATE_SUFFIX = /-(\d{8}|\d{4}-\d{2}-\d{2})$/;

function namesExactly(match: MatchLogic, id: string): boolean {
  if ('equals' in match) return match.equals === id;
  return 'or' in match && match.or.some((part) => namesExactly(part, id));
}

/**
 * The row the library keeps for exactly this id, or for it without its date; undefined when it has none. Its own
 * look-up is not used: that one takes `claude-sonnet-5-5` for `claude-sonnet-5`.
 */
export function libraryRow(provider: string, id: string): ModelInfo | undefined {
  const undated = id.replace(DATE_SUFFIX, '');
  return findProvider({ providerId: provider })?.models.find(
    (model) => namesExactly(model.match, id) || model.id === undated,
  );
}

/** The prices of a row on a day (`YYYY-MM-DD`): the last change that has started. */
export function pricesOn(row: ModelInfo, day: string): ModelPrice {
  if (!Array.isArray(row.prices)) return row.prices;
  const started = row.prices.filter(
    ({ constraint }) =>
      constraint === undefined || ('start_date' in constraint && constraint.start_date <= day),
  );
  return started.at(-1)?.prices ?? {};
}

/** Pico-dollars per token of a class for calls with so much input; undefined when the library has no price. */
export function priceAt(prices: ModelPrice, unit: string, inputTokens: number): number | undefined {
  const price = prices[unit];
  if (price === undefined) return undefined;
  const tiers = typeof price === 'number' ? [] : price.tiers.filter(({ start }) => inputTokens > start);
  const usd = typeof price === 'number' ? price : (tiers.at(-1)?.price ?? price.base);
  return Math.round(usd * 1_000_000);
}

/** The input from which on the price of some class changes, smallest first. */
export function tierStarts(prices: ModelPrice): number[] {
  const starts = Object.values(prices).flatMap((price) =>
    typeof price === 'object' ? price.tiers.map(({ start }) => start) : [],
  );
  return [...new Set(starts)].toSorted((a, b) => a - b);
}
