import type { PrintedPrices, PrintedTariff, VendorPrices } from './vendor-prices.js';

/**
 * The page of GPT-5.4 to GPT-6 Astra sells short context *below* 272K input tokens, that of GPT-6 Sol and later *up
 * to* 272K.
 */
const BELOW_272K = 271_999;
const UP_TO_272K = 272_000;

const ONE_MILLION = { maxInputTokens: 922_000, maxOutputTokens: 128_000 };
const FOUR_HUNDRED_THOUSAND = { maxInputTokens: 272_000, maxOutputTokens: 128_000 };

const longer = (aboveInputTokens: number, prices: PrintedPrices): Pick<PrintedTariff, 'longContext'> => ({
  longContext: [{ aboveInputTokens, prices }],
});

/** Text models of the API, Standard processing. Models that were shut down by November 2026 are left out. */
export const OPENAI: VendorPrices = {
  provider: 'openai',
  source: 'https://developers.openai.com/api/docs/pricing',
  tokenizerIsPublic: true,
  models: [
    {
      ids: ['gpt-6.2-astra'],
      ...ONE_MILLION,
      prices: { input: '8', cachedInput: '0.4', cacheWrite: '10', output: '40' },
      ...longer(UP_TO_272K, { input: '16', cachedInput: '0.8', cacheWrite: '20', output: '60' }),
      asOf: '2026-11-18',
      isForGeneralUse: true,
    },
    {
      ids: ['gpt-6.2-sol'],
      ...ONE_MILLION,
      prices: { input: '2', cachedInput: '0.1', cacheWrite: '2.5', output: '10' },
      ...longer(UP_TO_272K, { input: '4', cachedInput: '0.2', cacheWrite: '5', output: '15' }),
      asOf: '2026-11-19',
      isForGeneralUse: true,
    },
    {
      ids: ['gpt-6.1-sol'],
      ...ONE_MILLION,
      prices: { input: '2', cachedInput: '0.1', cacheWrite: '2.5', output: '10' },
      ...longer(UP_TO_272K, { input: '4', cachedInput: '0.2', cacheWrite: '5', output: '15' }),
      asOf: '2026-10-13',
      isForGeneralUse: true,
    },
    {
      ids: ['gpt-6.1-terra'],
      ...ONE_MILLION,
      prices: { input: '1', cachedInput: '0.05', cacheWrite: '1.25', output: '5' },
      ...longer(UP_TO_272K, { input: '2', cachedInput: '0.1', cacheWrite: '2.5', output: '7.5' }),
      asOf: '2026-10-27',
      isForGeneralUse: true,
    },
    {
      ids: ['gpt-6-astra'],
      ...ONE_MILLION,
      prices: { input: '10', cachedInput: '1', cacheWrite: '12.5', output: '50' },
      ...longer(BELOW_272K, { input: '20', cachedInput: '2', cacheWrite: '25', output: '75' }),
      asOf: '2026-09-23',
      isForGeneralUse: true,
    },
    {
      ids: ['gpt-6-sol'],
      ...ONE_MILLION,
      prices: { input: '2', cachedInput: '0.2', cacheWrite: '2.5', output: '10' },
      ...longer(UP_TO_272K, { input: '4', cachedInput: '0.4', cacheWrite: '5', output: '15' }),
      asOf: '2026-09-23',
      isForGeneralUse: true,
    },
    {
      ids: ['gpt-6-luna'],
      ...ONE_MILLION,
      prices: { input: '0.1', cachedInput: '0.01', cacheWrite: '0.125', output: '0.5' },
      ...longer(UP_TO_272K, { input: '0.2', cachedInput: '0.02', cacheWrite: '0.25', output: '0.75' }),
      asOf: '2026-09-23',
      isForGeneralUse: true,
    },
    {
      // A promotion that OpenAI promised until 2026-11-21 at least; before it $5, $0.5, $6.25 and $30.
      ids: ['gpt-5.6', 'gpt-5.6-sol'],
      ...ONE_MILLION,
      prices: { input: '4', cachedInput: '0.4', cacheWrite: '5', output: '20' },
      ...longer(BELOW_272K, { input: '8', cachedInput: '0.8', cacheWrite: '10', output: '30' }),
      asOf: '2026-09-23',
    },
    {
      ids: ['gpt-5.6-terra'],
      ...ONE_MILLION,
      prices: { input: '2', cachedInput: '0.2', cacheWrite: '2.5', output: '12' },
      ...longer(BELOW_272K, { input: '4', cachedInput: '0.4', cacheWrite: '5', output: '18' }),
      asOf: '2026-09-23',
    },
    {
      ids: ['gpt-5.6-luna'],
      ...ONE_MILLION,
      prices: { input: '0.2', cachedInput: '0.02', cacheWrite: '0.25', output: '1.2' },
      ...longer(BELOW_272K, { input: '0.4', cachedInput: '0.04', cacheWrite: '0.5', output: '1.8' }),
      asOf: '2026-09-23',
    },
    {
      ids: ['gpt-5.5', 'gpt-5.5-2026-04-23'],
      ...ONE_MILLION,
      prices: { input: '5', cachedInput: '0.5', output: '30' },
      ...longer(BELOW_272K, { input: '10', cachedInput: '1', output: '45' }),
      asOf: '2026-09-23',
    },
    {
      ids: ['gpt-5.5-pro', 'gpt-5.5-pro-2026-04-23'],
      ...ONE_MILLION,
      prices: { input: '30', output: '180' },
      ...longer(BELOW_272K, { input: '60', output: '270' }),
      asOf: '2026-09-23',
    },
    {
      ids: ['gpt-5.4', 'gpt-5.4-2026-03-05'],
      ...ONE_MILLION,
      prices: { input: '2.5', cachedInput: '0.25', output: '15' },
      ...longer(BELOW_272K, { input: '5', cachedInput: '0.5', output: '22.5' }),
      asOf: '2026-09-23',
    },
    {
      ids: ['gpt-5.4-pro', 'gpt-5.4-pro-2026-03-05'],
      ...ONE_MILLION,
      prices: { input: '30', output: '180' },
      ...longer(BELOW_272K, { input: '60', output: '270' }),
      asOf: '2026-09-23',
    },
    {
      ids: ['gpt-5.4-mini', 'gpt-5.4-mini-2026-03-17'],
      ...FOUR_HUNDRED_THOUSAND,
      prices: { input: '0.75', cachedInput: '0.075', output: '4.5' },
      asOf: '2026-09-23',
    },
    {
      ids: ['gpt-5.4-nano', 'gpt-5.4-nano-2026-03-17'],
      ...FOUR_HUNDRED_THOUSAND,
      prices: { input: '0.2', cachedInput: '0.02', output: '1.25' },
      asOf: '2026-09-23',
      retiresOn: '2027-04-01',
    },
    {
      ids: ['gpt-5.3-codex'],
      ...FOUR_HUNDRED_THOUSAND,
      prices: { input: '1.75', cachedInput: '0.175', output: '14' },
      asOf: '2026-09-23',
      retiresOn: '2027-04-01',
    },
    {
      ids: ['gpt-5.2', 'gpt-5.2-2025-12-11'],
      ...FOUR_HUNDRED_THOUSAND,
      prices: { input: '1.75', cachedInput: '0.175', output: '14' },
      asOf: '2026-09-23',
    },
    {
      ids: ['gpt-5.2-pro', 'gpt-5.2-pro-2025-12-11'],
      ...FOUR_HUNDRED_THOUSAND,
      prices: { input: '21', output: '168' },
      asOf: '2026-09-23',
    },
    {
      ids: ['gpt-5.1', 'gpt-5.1-2025-11-13'],
      ...FOUR_HUNDRED_THOUSAND,
      prices: { input: '1.25', cachedInput: '0.125', output: '10' },
      asOf: '2026-09-23',
      retiresOn: '2027-04-01',
    },
    {
      ids: ['gpt-5', 'gpt-5-2025-08-07'],
      ...FOUR_HUNDRED_THOUSAND,
      prices: { input: '1.25', cachedInput: '0.125', output: '10' },
      asOf: '2026-09-23',
      retiresOn: '2026-12-11',
    },
    {
      ids: ['gpt-5-pro', 'gpt-5-pro-2025-10-06'],
      maxInputTokens: 272_000,
      maxOutputTokens: 272_000,
      prices: { input: '15', output: '120' },
      asOf: '2026-09-23',
      retiresOn: '2026-12-11',
    },
    {
      ids: ['gpt-5-mini', 'gpt-5-mini-2025-08-07'],
      ...FOUR_HUNDRED_THOUSAND,
      prices: { input: '0.25', cachedInput: '0.025', output: '2' },
      asOf: '2026-09-23',
      retiresOn: '2026-12-11',
    },
    {
      ids: ['gpt-5-nano', 'gpt-5-nano-2025-08-07'],
      ...FOUR_HUNDRED_THOUSAND,
      prices: { input: '0.05', cachedInput: '0.005', output: '0.4' },
      asOf: '2026-09-23',
      retiresOn: '2026-12-11',
    },
    {
      ids: ['o3', 'o3-2025-04-16'],
      maxInputTokens: 200_000,
      maxOutputTokens: 100_000,
      prices: { input: '2', cachedInput: '0.5', output: '8' },
      asOf: '2026-09-23',
      retiresOn: '2026-12-11',
    },
    {
      ids: ['o3-pro', 'o3-pro-2025-06-10'],
      maxInputTokens: 200_000,
      maxOutputTokens: 100_000,
      prices: { input: '20', output: '80' },
      asOf: '2026-09-23',
      retiresOn: '2026-12-11',
    },
    {
      ids: ['gpt-4.1', 'gpt-4.1-2025-04-14'],
      maxInputTokens: 1_047_576,
      maxOutputTokens: 32_768,
      prices: { input: '2', cachedInput: '0.5', output: '8' },
      asOf: '2026-09-23',
      retiresOn: '2027-01-14',
    },
    {
      ids: ['gpt-4.1-mini', 'gpt-4.1-mini-2025-04-14'],
      maxInputTokens: 1_047_576,
      maxOutputTokens: 32_768,
      prices: { input: '0.4', cachedInput: '0.1', output: '1.6' },
      asOf: '2026-09-23',
      retiresOn: '2027-01-14',
    },
    {
      ids: ['gpt-4o', 'gpt-4o-2024-11-20', 'gpt-4o-2024-08-06'],
      maxInputTokens: 128_000,
      maxOutputTokens: 16_384,
      prices: { input: '2.5', cachedInput: '1.25', output: '10' },
      asOf: '2026-09-23',
      retiresOn: '2027-01-14',
    },
    {
      ids: ['gpt-4o-mini', 'gpt-4o-mini-2024-07-18'],
      maxInputTokens: 128_000,
      maxOutputTokens: 16_384,
      prices: { input: '0.15', cachedInput: '0.075', output: '0.6' },
      asOf: '2026-09-23',
      retiresOn: '2027-01-14',
    },
  ],
};
