import { describe, expect, it } from '@jest/globals';
import type { TokenPrices } from './model-price.js';
import { priceListOn, type ListedModel } from './price-list.js';

const TODAY = new Date('2026-11-23T12:00:00Z');

function row(id: string, day = TODAY): ListedModel {
  const found = priceListOn(day).find(({ provider, model }) => `${provider}:${model}` === id);
  if (found === undefined) throw new Error(`${id} is not in the price list`);
  return found;
}

const classes = (prices: TokenPrices): readonly number[] => [
  prices.inputTokens,
  prices.cachedInputTokens,
  prices.cacheWriteTokens,
  prices.outputTokens,
];

describe('the price list', () => {
  it('has a whole row for each model', () => {
    expect(row('anthropic:claude-haiku-5-5')).toEqual({
      provider: 'anthropic',
      model: 'claude-haiku-5-5',
      maxInputTokens: 1_000_000,
      maxOutputTokens: 128_000,
      prices: {
        inputTokens: 100_000,
        cachedInputTokens: 10_000,
        cacheWriteTokens: 125_000,
        outputTokens: 500_000,
      },
      tiers: [
        {
          aboveInputTokens: 100_000,
          prices: {
            inputTokens: 500_000,
            cachedInputTokens: 50_000,
            cacheWriteTokens: 625_000,
            outputTokens: 2_500_000,
          },
        },
      ],
      tokenizerIsPublic: false,
      source: 'https://platform.claude.com/docs/en/about-claude/pricing',
      asOf: '2026-10-24',
      isForGeneralUse: true,
      retiresOn: null,
    });
  });

  it.each([
    ['openai:gpt-5-nano', [50_000, 5_000, 50_000, 400_000]],
    ['openai:gpt-4o-mini-2024-07-18', [150_000, 75_000, 150_000, 600_000]],
    ['openai:gpt-5.4-pro', [30_000_000, 30_000_000, 30_000_000, 180_000_000]],
    ['openai:gpt-5.6', [4_000_000, 400_000, 5_000_000, 20_000_000]],
    ['anthropic:claude-opus-4-5-20251101', [5_000_000, 500_000, 6_250_000, 25_000_000]],
    ['google:gemini-2.5-pro', [1_250_000, 125_000, 1_250_000, 10_000_000]],
  ])('prices %s in whole pico-dollars; a class without a price costs what input costs', (id, expected) => {
    expect(classes(row(id).prices)).toEqual(expected);
  });

  it.each([
    ['openai:gpt-5.4', 271_999, [5_000_000, 500_000, 5_000_000, 22_500_000]],
    ['openai:gpt-6-luna', 272_000, [200_000, 20_000, 250_000, 750_000]],
    ['google:gemini-2.5-pro', 200_000, [2_500_000, 250_000, 2_500_000, 15_000_000]],
  ])('prices long context of %s above %d tokens', (id, aboveInputTokens, expected) => {
    const { tiers } = row(id);
    expect(tiers.map((tier) => [tier.aboveInputTokens, classes(tier.prices)])).toEqual([
      [aboveInputTokens, expected],
    ]);
  });

  it.each([
    ['google:gemini-4-argon', '2026-11-30T23:59:59Z', [2_000_000, 100_000, 2_000_000, 10_000_000]],
    ['google:gemini-4-argon', '2026-12-01T00:00:00Z', [4_000_000, 200_000, 4_000_000, 20_000_000]],
    ['google:gemini-3.8-flash', '2026-12-31T23:59:59Z', [750_000, 75_000, 750_000, 3_750_000]],
    ['google:gemini-3.8-flash', '2027-01-01T00:00:00Z', [1_500_000, 150_000, 1_500_000, 7_500_000]],
  ])('has the price of %s on the day it is asked for: %s', (id, day, expected) => {
    expect(classes(row(id, new Date(day)).prices)).toEqual(expected);
  });

  it('keeps the row of a model whose retirement has passed', () => {
    expect(row('google:gemini-2.5-pro', new Date('2027-06-01')).retiresOn).toBe('2026-12-01');
  });

  it('names every model once, by an exact id', () => {
    const ids = priceListOn(TODAY).map(({ provider, model }) => `${provider}:${model}`);
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
    expect(ids.filter((id) => !/^[a-z]+:[a-z0-9][a-z0-9.-]*$/.test(id))).toEqual([]);
  });

  it.each(['2026-11-23', '2026-12-01', '2027-01-01'])('holds only sound prices on %s', (day) => {
    for (const { model, prices, tiers, asOf, maxInputTokens, maxOutputTokens } of priceListOn(
      new Date(day),
    )) {
      let above = 0;
      let cheaper = [1, 1, 1, 1];
      for (const level of [{ aboveInputTokens: 1, prices }, ...tiers]) {
        expect([model, level.aboveInputTokens > above && level.aboveInputTokens < maxInputTokens]).toEqual([
          model,
          true,
        ]);
        const dearer = classes(level.prices);
        expect([model, dearer.every((price, index) => price >= (cheaper[index] ?? 0))]).toEqual([
          model,
          true,
        ]);
        const [input = 0, cached = 0, written = 0, output = 0] = dearer;
        expect([model, cached <= input && input <= written && written < output]).toEqual([model, true]);
        above = level.aboveInputTokens;
        cheaper = [...dearer];
      }
      expect([model, asOf]).toEqual([model, expect.stringMatching(/^2026-\d\d-\d\d$/)]);
      expect([model, maxOutputTokens <= maxInputTokens]).toEqual([model, true]);
    }
  });
});
