import type { PrintedPrices, PrintedTariff, VendorPrices } from './vendor-prices.js';

const LIMITS = { maxInputTokens: 1_048_576, maxOutputTokens: 65_536 };

/** Flash 3.6 to 3.8: introductory until the end of 2026. */
const NEW_FLASH = {
  prices: { input: '0.75', cachedInput: '0.075', output: '3.75' },
  later: { from: '2027-01-01', prices: { input: '1.5', cachedInput: '0.15', output: '7.5' } },
};
/** Gemini 4: introductory until the end of November 2026. */
const GEMINI_4 = {
  prices: { input: '2', cachedInput: '0.1', output: '10' },
  later: { from: '2026-12-01', prices: { input: '4', cachedInput: '0.2', output: '20' } },
};

const above200k = (prices: PrintedPrices): Pick<PrintedTariff, 'longContext'> => ({
  longContext: [{ aboveInputTokens: 200_000, prices }],
});

/**
 * Gemini models of the Gemini API, paid tier, Standard, text in and out. Implicit caching has no write price; explicit
 * caches are billed by the hour and are not used.
 */
export const GOOGLE: VendorPrices = {
  provider: 'google',
  source: 'https://ai.google.dev/gemini-api/docs/pricing',
  tokenizerIsPublic: false,
  models: [
    {
      ids: ['gemini-4-carbon', 'gemini-4-argon'],
      ...LIMITS,
      ...GEMINI_4,
      asOf: '2026-11-11',
      isForGeneralUse: true,
    },
    { ids: ['gemini-3.8-flash'], ...LIMITS, ...NEW_FLASH, asOf: '2026-09-23', isForGeneralUse: true },
    { ids: ['gemini-3.7-flash', 'gemini-3.6-flash'], ...LIMITS, ...NEW_FLASH, asOf: '2026-09-23' },
    {
      ids: ['gemini-3.5-flash'],
      ...LIMITS,
      prices: { input: '1.5', cachedInput: '0.15', output: '9' },
      asOf: '2026-09-23',
    },
    {
      ids: ['gemini-3.5-flash-lite'],
      ...LIMITS,
      prices: { input: '0.3', cachedInput: '0.03', output: '2.5' },
      asOf: '2026-09-23',
      isForGeneralUse: true,
    },
    {
      ids: ['gemini-3.1-pro-preview', 'gemini-3.1-pro-preview-customtools'],
      ...LIMITS,
      prices: { input: '2', cachedInput: '0.2', output: '12' },
      ...above200k({ input: '4', cachedInput: '0.4', output: '18' }),
      asOf: '2026-09-23',
    },
    {
      ids: ['gemini-3.1-flash-lite'],
      ...LIMITS,
      prices: { input: '0.25', cachedInput: '0.025', output: '1.5' },
      asOf: '2026-09-23',
      retiresOn: '2027-05-07',
    },
    {
      ids: ['gemini-3-flash-preview'],
      ...LIMITS,
      prices: { input: '0.5', cachedInput: '0.05', output: '3' },
      asOf: '2026-09-23',
    },
    {
      ids: ['gemini-2.5-pro'],
      ...LIMITS,
      prices: { input: '1.25', cachedInput: '0.125', output: '10' },
      ...above200k({ input: '2.5', cachedInput: '0.25', output: '15' }),
      asOf: '2026-09-23',
      retiresOn: '2026-12-01',
    },
    {
      ids: ['gemini-2.5-flash'],
      ...LIMITS,
      prices: { input: '0.3', cachedInput: '0.03', output: '2.5' },
      asOf: '2026-09-23',
      retiresOn: '2026-12-01',
    },
    {
      ids: ['gemini-2.5-flash-lite'],
      ...LIMITS,
      prices: { input: '0.1', cachedInput: '0.01', output: '0.4' },
      asOf: '2026-09-23',
    },
  ],
};
