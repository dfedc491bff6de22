import { describe, expect, it } from '@jest/globals';
import { ratesOf, tellsAnswersApart, type UsageTotals } from './usage.js';

const totals = (changes: Partial<UsageTotals>): UsageTotals => ({
  ...{ calls: 0, answered: 0, cost: 0n, latencyMs: { p50: null, p95: null }, answers: null },
  tokens: {
    ...{ inputTokens: 0, cachedInputTokens: 0, cacheWriteTokens: 0, outputTokens: 0, reasoningTokens: 0 },
  },
  ...changes,
});

describe('ratesOf', () => {
  it('are shares of what was counted', () => {
    const answers = { model: 3, cache: 1, rule: 2, twin: 4 };
    expect(ratesOf(totals({ calls: 8, answered: 6, answers }))).toEqual({
      ...{ successRate: 0.75, cacheHitRate: 0.25, twinRate: 0.4 },
    });
  });

  it('are null where nothing was counted', () => {
    const none = { successRate: null, cacheHitRate: null, twinRate: null };
    expect(ratesOf(totals({}))).toEqual(none);
    expect(ratesOf(totals({ answers: { model: 0, cache: 0, rule: 0, twin: 0 } }))).toEqual(none);
    expect(ratesOf(totals({ answers: { model: 0, cache: 0, rule: 0, twin: 2 } }))).toMatchObject({
      ...{ cacheHitRate: null, twinRate: 1 },
    });
  });
});

describe('tellsAnswersApart', () => {
  it.each([
    [[], true],
    [['day', 'function', 'agent', 'workflow'], true],
    [['function', 'provider'], false],
    [['model'], false],
    [['outcome'], false],
  ] as const)('%j: %j', (dimensions, expected) => {
    expect(tellsAnswersApart(dimensions)).toBe(expected);
  });
});
