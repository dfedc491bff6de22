import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { costOf, maxBilledInputTokens, upperBound } from './model-cost.js';
import type { ModelDescription, TokenPrices } from './model-price.js';
import { priceListOn } from './price-list.js';

const TOKEN_CLASSES = ['inputTokens', 'cachedInputTokens', 'cacheWriteTokens', 'outputTokens'] as const;
const RUNS = { numRuns: 2_000 };

const prices = fc.record<TokenPrices>({
  inputTokens: fc.nat(60_000_000),
  cachedInputTokens: fc.nat(60_000_000),
  cacheWriteTokens: fc.nat(60_000_000),
  outputTokens: fc.nat(270_000_000),
});
const tierBorders = fc
  .uniqueArray(fc.integer({ min: 1, max: 5_000 }), { maxLength: 3 })
  .map((borders) => borders.toSorted((a, b) => a - b));

/** Any tariff, also one no vendor would print: cheaper long context, dearer cache reads. */
const anyModel: fc.Arbitrary<ModelDescription> = fc
  .tuple(prices, tierBorders, fc.array(prices, { minLength: 3, maxLength: 3 }), fc.boolean())
  .map(([base, borders, levels, tokenizerIsPublic]) => ({
    provider: 'acme',
    model: 'm',
    maxInputTokens: 1_000_000,
    maxOutputTokens: 100_000,
    prices: base,
    tiers: borders.map((aboveInputTokens, index) => ({ aboveInputTokens, prices: levels[index] ?? base })),
    tokenizerIsPublic,
    source: 'https://example.com',
    asOf: '2026-01-01',
  }));
const listedModel = fc.constantFrom(...priceListOn(new Date('2026-11-23')));
const size = fc.record({
  requestBytes: fc.oneof(fc.nat(8_000), fc.nat(1_500_000)),
  maxOutputTokens: fc.nat(200_000),
  hasOutputSchema: fc.boolean(),
});
const share = fc.nat(1_000);
const shares = fc.tuple(share, share, share, share);
const partOf = (whole: number, perMille: number): number => Math.floor((whole * perMille) / 1_000);

describe('for every model and call', () => {
  it('no usage within the bound of tokens costs more than the upper bound', () => {
    fc.assert(
      fc.property(fc.oneof(anyModel, listedModel), size, shares, (model, call, [a, b, c, d]) => {
        const total = partOf(Number(maxBilledInputTokens(call, model)), a);
        const cachedInputTokens = partOf(total, b);
        const cacheWriteTokens = partOf(total - cachedInputTokens, c);
        const usage = {
          inputTokens: total - cachedInputTokens - cacheWriteTokens,
          cachedInputTokens,
          cacheWriteTokens,
          outputTokens: partOf(call.maxOutputTokens, d),
        };
        const cost = costOf(usage, model);
        expect(cost).not.toBeNull();
        expect(upperBound(call, model)).toBeGreaterThanOrEqual(cost ?? 0n);
      }),
      RUNS,
    );
  });

  it('the bound grows with the bytes and the output of a call', () => {
    fc.assert(
      fc.property(
        fc.oneof(anyModel, listedModel),
        size,
        fc.nat(5_000),
        fc.nat(5_000),
        (model, call, bytes, out) => {
          const larger = {
            ...call,
            requestBytes: call.requestBytes + bytes,
            maxOutputTokens: call.maxOutputTokens + out,
          };
          expect(upperBound(larger, model)).toBeGreaterThanOrEqual(upperBound(call, model));
        },
      ),
      RUNS,
    );
  });
});

describe('for every model of the price list', () => {
  const tokens = fc.oneof(fc.nat(300), fc.nat(400_000));
  const usage = fc.record({
    inputTokens: tokens,
    cachedInputTokens: tokens,
    cacheWriteTokens: tokens,
    outputTokens: tokens,
  });

  it('more tokens of any class never cost less', () => {
    fc.assert(
      fc.property(
        listedModel,
        usage,
        fc.constantFrom(...TOKEN_CLASSES),
        tokens,
        (model, less, name, more) => {
          const greater = { ...less, [name]: less[name] + more };
          expect(costOf(greater, model)).toBeGreaterThanOrEqual(costOf(less, model) ?? -1n);
        },
      ),
      RUNS,
    );
  });
});
