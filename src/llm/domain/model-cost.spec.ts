import { describe, expect, it } from '@jest/globals';
import { costOf, upperBound, type CallSize } from './model-cost.js';
import type { ModelDescription } from './model-price.js';
import type { TokenUsage } from './token-usage.js';

/** $2, $0.2, $2.5 and $10; above 1,000 tokens $4, $0.4, $5 and $15. */
const MODEL: ModelDescription = {
  provider: 'acme',
  model: 'm',
  maxInputTokens: 100_000,
  maxOutputTokens: 10_000,
  prices: {
    inputTokens: 2_000_000,
    cachedInputTokens: 200_000,
    cacheWriteTokens: 2_500_000,
    outputTokens: 10_000_000,
  },
  tiers: [
    {
      aboveInputTokens: 1_000,
      prices: {
        inputTokens: 4_000_000,
        cachedInputTokens: 400_000,
        cacheWriteTokens: 5_000_000,
        outputTokens: 15_000_000,
      },
    },
  ],
  tokenizerIsPublic: true,
  source: 'https://example.com',
  asOf: '2026-01-01',
};

describe('the cost of a call', () => {
  it.each<[string, TokenUsage, bigint]>([
    ['nothing', { inputTokens: 0, outputTokens: 0 }, 0n],
    // 100 × 2,000 + 7 × 10,000
    ['input and output', { inputTokens: 100, outputTokens: 7 }, 270_000n],
    // 100 × 2,000 + 300 × 200 + 40 × 2,500 + 7 × 10,000
    [
      'each class at its own price',
      { inputTokens: 100, cachedInputTokens: 300, cacheWriteTokens: 40, outputTokens: 7 },
      430_000n,
    ],
    // Reasoning is part of the output: 7 × 10,000 once
    ['reasoning once', { inputTokens: 0, outputTokens: 7, reasoningTokens: 6 }, 70_000n],
    // 1,000 is not above 1,000: 1,000 × 2,000 + 1 × 10,000
    ['the border of a tier', { inputTokens: 1_000, outputTokens: 1 }, 2_010_000n],
    // 400 × 4,000 + 500 × 400 + 101 × 5,000 + 1 × 15,000: all input together is above 1,000
    [
      'long context, by all input together',
      { inputTokens: 400, cachedInputTokens: 500, cacheWriteTokens: 101, outputTokens: 1 },
      2_320_000n,
    ],
    // Output does not count towards the tier: 10 × 2,000 + 5,000 × 10,000
    ['much output', { inputTokens: 10, outputTokens: 5_000 }, 50_020_000n],
  ])('counts %s', (_what, usage, nanoUsd) => {
    expect(costOf(usage, MODEL)).toBe(nanoUsd);
  });

  it('is rounded up once, at the end', () => {
    // 1 × 5 + 1 × 5 + 1 × 5 + 3 × 5 = 30 pico-dollars: 1 nano-dollar, not 4.
    const tiny = { inputTokens: 5, cachedInputTokens: 5, cacheWriteTokens: 5, outputTokens: 5 };
    const usage = { inputTokens: 1, cachedInputTokens: 1, cacheWriteTokens: 1, outputTokens: 3 };
    expect(costOf(usage, { ...MODEL, prices: tiny })).toBe(1n);
    // 200 × 5 pico-dollars are exactly 1 nano-dollar, one more token is past it.
    expect(costOf({ inputTokens: 200, outputTokens: 0 }, { ...MODEL, prices: tiny })).toBe(1n);
    expect(costOf({ inputTokens: 201, outputTokens: 0 }, { ...MODEL, prices: tiny })).toBe(2n);
  });

  it('is exact beyond what a floating point number holds', () => {
    // (2⁵³ − 1) × 4,000 nano-dollars
    expect(costOf({ inputTokens: Number.MAX_SAFE_INTEGER, outputTokens: 0 }, MODEL)).toBe(
      36_028_797_018_963_964_000n,
    );
  });

  it('takes the last tier that is exceeded', () => {
    const [first] = MODEL.tiers;
    const second = { aboveInputTokens: 2_000, prices: { ...MODEL.prices, inputTokens: 7_000_000 } };
    const model = { ...MODEL, tiers: [...(first === undefined ? [] : [first]), second] };
    expect(costOf({ inputTokens: 2_000, outputTokens: 0 }, model)).toBe(8_000_000n);
    expect(costOf({ inputTokens: 2_001, outputTokens: 0 }, model)).toBe(14_007_000n);
  });

  it.each<[string, TokenUsage]>([
    ['no input', { outputTokens: 1 }],
    ['no output', { inputTokens: 1 }],
    ['nothing', {}],
    ['only a cache', { cachedInputTokens: 5, outputTokens: 1 }],
  ])('is unknown when a provider reports %s', (_what, usage) => {
    expect(costOf(usage, MODEL)).toBeNull();
  });

  it.each([-1, -0.5, 0.5, 1.000001, NaN, Infinity, -Infinity, Number.MAX_SAFE_INTEGER + 1])(
    'is unknown when any count is %d',
    (count) => {
      const usage = { inputTokens: 1, cachedInputTokens: 1, cacheWriteTokens: 1, outputTokens: 1 };
      for (const name of Object.keys(usage))
        expect([name, costOf({ ...usage, [name]: count }, MODEL)]).toEqual([name, null]);
    },
  );
});

describe('the most a call can cost', () => {
  const plain = (requestBytes: number): CallSize => ({
    requestBytes,
    maxOutputTokens: 10,
    hasOutputSchema: false,
  });
  const structured = (requestBytes: number): CallSize => ({ ...plain(requestBytes), hasOutputSchema: true });

  it.each([
    // 1,000 × 2,500 + 10 × 10,000: one token a byte, at the dearest class of input
    ['a byte a token', plain(1_000), true, 2_600_000n],
    // 1,001 × 5,000 + 10 × 15,000: the long context is in reach
    ['the long context', plain(1_001), true, 5_155_000n],
    // 900 × 1.1 = 990 tokens × 2,500 + 10 × 10,000
    ['a tenth more for an unknown tokenizer', plain(900), false, 2_575_000n],
    // 901 × 1.1 = 991.1, so 992 tokens × 2,500 + 10 × 10,000
    ['that tenth rounded up', plain(901), false, 2_580_000n],
    // (1 + 1,000) × 5,000 + 10 × 15,000: the allowance reaches the long context
    ['structured output', structured(1), true, 5_155_000n],
    // (11 + 1,000) × 5,000 + 10 × 15,000: the tenth is of the bytes only
    ['structured output and an unknown tokenizer', structured(10), false, 5_205_000n],
    // 10 × 10,000
    ['an empty request', plain(0), true, 100_000n],
  ])('allows for %s', (_what, size, tokenizerIsPublic, nanoUsd) => {
    expect(upperBound(size, { ...MODEL, tokenizerIsPublic })).toBe(nanoUsd);
  });

  it('takes the dearest price also where long context is cheaper', () => {
    const cheap = { inputTokens: 1, cachedInputTokens: 1, cacheWriteTokens: 1, outputTokens: 1 };
    const model = { ...MODEL, tiers: [{ aboveInputTokens: 10, prices: cheap }] };
    // 100 × 2,500 + 3 × 10,000
    expect(upperBound({ requestBytes: 100, maxOutputTokens: 3, hasOutputSchema: false }, model)).toBe(
      280_000n,
    );
  });

  it('is rounded up', () => {
    const tiny = { inputTokens: 1, cachedInputTokens: 1, cacheWriteTokens: 1, outputTokens: 1 };
    const size = { requestBytes: 1_000, maxOutputTokens: 1, hasOutputSchema: false };
    expect(upperBound(size, { ...MODEL, prices: tiny, tiers: [] })).toBe(2n);
  });

  it.each([-1, 0.5, NaN, Infinity, Number.MAX_SAFE_INTEGER + 1])('refuses a size of %d', (count) => {
    const size = { requestBytes: 1, maxOutputTokens: 1, hasOutputSchema: false };
    expect(() => upperBound({ ...size, requestBytes: count }, MODEL)).toThrow(RangeError);
    expect(() => upperBound({ ...size, maxOutputTokens: count }, MODEL)).toThrow(RangeError);
  });
});
