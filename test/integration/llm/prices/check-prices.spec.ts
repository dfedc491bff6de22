import { describe, expect, it } from '@jest/globals';
import { compareRow } from '../../../../scripts/check-prices/compare-row.ts';
import { priceListOn, type ListedModel } from '../../../../src/llm/domain/price-list.js';

function row(id: string, day: string): ListedModel {
  const found = priceListOn(new Date(day)).find(({ model }) => model === id);
  if (found === undefined) throw new Error(`${id} is not in the price list`);
  return found;
}

describe('the comparison of the price list with the library', () => {
  it.each(['2026-11-23', '2026-12-01', '2027-01-01'])('finds no different price on %s', (day) => {
    const results = priceListOn(new Date(day)).map((model) => compareRow(model, day));
    expect(results.flatMap((result) => (result.inLibrary ? result.differences : []))).toEqual([]);
    expect(results.filter((result) => result.inLibrary).length).toBeGreaterThanOrEqual(70);
  });

  it('finds a price that differs', () => {
    const model = row('gpt-5-mini', '2026-11-23');
    const dearer = { ...model, prices: { ...model.prices, cachedInputTokens: 25_001 } };
    expect(compareRow(dearer, '2026-11-23')).toEqual({
      inLibrary: true,
      differences: [
        {
          model: 'openai:gpt-5-mini',
          class: 'cachedInputTokens',
          aboveInputTokens: 0,
          ours: 25_001,
          library: 25_000,
        },
      ],
    });
  });

  it('finds a tier that is missing', () => {
    const result = compareRow({ ...row('gemini-2.5-pro', '2026-11-23'), tiers: [] }, '2026-11-23');
    const differences = result.inLibrary ? result.differences : [];
    expect(differences.map(({ aboveInputTokens, class: name }) => [aboveInputTokens, name])).toEqual([
      [200_000, 'inputTokens'],
      [200_000, 'cachedInputTokens'],
      [200_000, 'cacheWriteTokens'],
      [200_000, 'outputTokens'],
    ]);
  });

  it('finds a change that one of the two misses', () => {
    const result = compareRow(row('gemini-3.8-flash', '2026-11-23'), '2027-01-01');
    expect(result.inLibrary ? result.differences.length : 0).toBe(4);
  });

  it('leaves out a model the library only takes for another one', () => {
    expect(compareRow(row('claude-sonnet-5-5', '2026-11-23'), '2026-11-23')).toEqual({ inLibrary: false });
  });
});
