import type { ModelDescription, TokenPrices } from './model-price.js';
import type { TokenUsage } from './token-usage.js';

/** Tokens a provider may add for the schema of structured output, above what the bytes of the request account for. */
const STRUCTURED_OUTPUT_TOKENS = 1_000n;
const PICO_PER_NANO = 1_000n;

const ceilDivide = (dividend: bigint, divisor: bigint): bigint => (dividend + divisor - 1n) / divisor;
const dearest = (prices: readonly number[]): bigint => BigInt(Math.max(...prices));

/** A count that is not reported counts nothing; null: no count of tokens. */
function countOf(tokens: number | undefined): bigint | null {
  if (tokens === undefined) return 0n;
  return Number.isSafeInteger(tokens) && tokens >= 0 ? BigInt(tokens) : null;
}

function pricesFor(inputTokens: bigint, model: ModelDescription): TokenPrices {
  const exceeded = model.tiers.filter((tier) => inputTokens > BigInt(tier.aboveInputTokens));
  return exceeded.at(-1)?.prices ?? model.prices;
}

/**
 * What one call cost, in nano-dollars, rounded up once. The tier is chosen by all input together. Null, so unknown and
 * never 0, when input or output were not reported or a count is no whole number of tokens. A cache the provider says
 * nothing about was not used. Pure.
 */
export function costOf(usage: TokenUsage, model: ModelDescription): bigint | null {
  if (usage.inputTokens === undefined || usage.outputTokens === undefined) return null;
  const input = countOf(usage.inputTokens);
  const cached = countOf(usage.cachedInputTokens);
  const written = countOf(usage.cacheWriteTokens);
  const output = countOf(usage.outputTokens);
  if (input === null || cached === null || written === null || output === null) return null;
  const prices = pricesFor(input + cached + written, model);
  const picoUsd =
    input * BigInt(prices.inputTokens) +
    cached * BigInt(prices.cachedInputTokens) +
    written * BigInt(prices.cacheWriteTokens) +
    output * BigInt(prices.outputTokens);
  return ceilDivide(picoUsd, PICO_PER_NANO);
}

/** What is known of a call before it is made. */
export interface CallSize {
  /** Bytes (UTF-8) of the serialised request. */
  readonly requestBytes: number;
  /** Most tokens that were asked for, reasoning included. */
  readonly maxOutputTokens: number;
  /** JSON of a schema was asked for. */
  readonly hasOutputSchema: boolean;
}

/**
 * Most input tokens a call can be billed for: a token is at least one byte, a tenth more where the tokenizer is not
 * public, and an allowance for structured output. Throws RangeError if the size is no whole number of bytes. Pure.
 */
export function maxBilledInputTokens(size: CallSize, model: ModelDescription): bigint {
  const bytes = wholeCount(size.requestBytes, 'requestBytes');
  const tokens = model.tokenizerIsPublic ? bytes : ceilDivide(bytes * 11n, 10n);
  return tokens + (size.hasOutputSchema ? STRUCTURED_OUTPUT_TOKENS : 0n);
}

/**
 * Nano-dollars no call of this size can exceed, rounded up once: every input token at the dearest price of any class
 * and every output token at the dearest price, over all tiers so much input can reach. Throws RangeError if a size is
 * no whole number. Pure.
 */
export function upperBound(size: CallSize, model: ModelDescription): bigint {
  const input = maxBilledInputTokens(size, model);
  const output = wholeCount(size.maxOutputTokens, 'maxOutputTokens');
  const reachable = [
    model.prices,
    ...model.tiers.filter((tier) => input > BigInt(tier.aboveInputTokens)).map((tier) => tier.prices),
  ];
  const inputPrice = dearest(
    reachable.flatMap((prices) => [prices.inputTokens, prices.cachedInputTokens, prices.cacheWriteTokens]),
  );
  const outputPrice = dearest(reachable.map((prices) => prices.outputTokens));
  return ceilDivide(input * inputPrice + output * outputPrice, PICO_PER_NANO);
}

function wholeCount(count: number, name: string): bigint {
  if (Number.isSafeInteger(count) && count >= 0) return BigInt(count);
  throw new RangeError(`${name} must be a whole number of at least 0, not ${count}.`);
}
