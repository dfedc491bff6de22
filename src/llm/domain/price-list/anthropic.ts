import type { PrintedPrices, VendorPrices } from './vendor-prices.js';

const ONE_MILLION = { maxInputTokens: 1_000_000, maxOutputTokens: 128_000 };
const TWO_HUNDRED_THOUSAND = { maxInputTokens: 200_000, maxOutputTokens: 64_000 };
const OPUS: PrintedPrices = { input: '5', cachedInput: '0.5', cacheWrite: '6.25', output: '25' };

/**
 * Claude models of the Claude API. A cache write is priced as one of five minutes, the only kind that is asked for.
 * Claude 4.1 and earlier are retired.
 */
export const ANTHROPIC: VendorPrices = {
  provider: 'anthropic',
  source: 'https://platform.claude.com/docs/en/about-claude/pricing',
  tokenizerIsPublic: false,
  models: [
    {
      ids: ['claude-fable-5-2'],
      ...ONE_MILLION,
      prices: { input: '8', cachedInput: '0.2', cacheWrite: '10', output: '40' },
      asOf: '2026-11-10',
      isForGeneralUse: true,
    },
    {
      ids: ['claude-opus-5-5'],
      ...ONE_MILLION,
      prices: { input: '4', cachedInput: '0.2', cacheWrite: '5', output: '20' },
      asOf: '2026-09-23',
      isForGeneralUse: true,
    },
    {
      ids: ['claude-sonnet-5-5'],
      ...ONE_MILLION,
      prices: { input: '2', cachedInput: '0.1', cacheWrite: '2.5', output: '10' },
      asOf: '2026-10-24',
      isForGeneralUse: true,
    },
    {
      ids: ['claude-haiku-5-5'],
      ...ONE_MILLION,
      prices: { input: '0.1', cachedInput: '0.01', cacheWrite: '0.125', output: '0.5' },
      longContext: [
        {
          aboveInputTokens: 100_000,
          prices: { input: '0.5', cachedInput: '0.05', cacheWrite: '0.625', output: '2.5' },
        },
      ],
      asOf: '2026-10-24',
      isForGeneralUse: true,
    },
    {
      ids: ['claude-fable-5-1', 'claude-mythos-5-1'],
      ...ONE_MILLION,
      prices: { input: '10', cachedInput: '0.25', cacheWrite: '12.5', output: '50' },
      asOf: '2026-09-23',
    },
    {
      ids: ['claude-fable-5', 'claude-mythos-5'],
      ...ONE_MILLION,
      prices: { input: '10', cachedInput: '1', cacheWrite: '12.5', output: '50' },
      asOf: '2026-09-23',
    },
    {
      ids: ['claude-opus-5', 'claude-opus-4-8', 'claude-opus-4-7', 'claude-opus-4-6'],
      ...ONE_MILLION,
      prices: OPUS,
      asOf: '2026-09-23',
    },
    {
      ids: ['claude-opus-4-5', 'claude-opus-4-5-20251101'],
      ...TWO_HUNDRED_THOUSAND,
      prices: OPUS,
      asOf: '2026-09-23',
    },
    {
      ids: ['claude-sonnet-5'],
      ...ONE_MILLION,
      prices: { input: '2', cachedInput: '0.2', cacheWrite: '2.5', output: '10' },
      asOf: '2026-09-23',
    },
    {
      ids: ['claude-sonnet-4-6'],
      ...ONE_MILLION,
      prices: { input: '3', cachedInput: '0.3', cacheWrite: '3.75', output: '15' },
      asOf: '2026-09-23',
    },
    {
      // Its long context was withdrawn on 2026-04-30: more than 200,000 input tokens are refused.
      ids: ['claude-sonnet-4-5', 'claude-sonnet-4-5-20250929'],
      ...TWO_HUNDRED_THOUSAND,
      prices: { input: '3', cachedInput: '0.3', cacheWrite: '3.75', output: '15' },
      asOf: '2026-09-23',
      retiresOn: '2026-11-30',
    },
    {
      ids: ['claude-haiku-4-5', 'claude-haiku-4-5-20251001'],
      ...TWO_HUNDRED_THOUSAND,
      prices: { input: '1', cachedInput: '0.1', cacheWrite: '1.25', output: '5' },
      asOf: '2026-09-23',
    },
  ],
};
