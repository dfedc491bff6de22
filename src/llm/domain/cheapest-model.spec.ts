import { describe, expect, it } from '@jest/globals';
import { cheapestModel } from './cheapest-model.js';
import { priceListOn, type ListedModel } from './price-list.js';

const [template] = priceListOn(new Date('2026-11-23')) as [ListedModel];

interface Row {
  readonly input: number;
  readonly output: number;
  readonly general?: boolean;
  readonly retiresOn?: string;
  readonly provider?: string;
}

const listed = (model: string, row: Row): ListedModel => ({
  ...template,
  provider: row.provider ?? 'acme',
  model,
  prices: { ...template.prices, inputTokens: row.input, outputTokens: row.output },
  isForGeneralUse: row.general ?? true,
  retiresOn: row.retiresOn ?? null,
});

describe('the default model of a provider', () => {
  it.each([
    ['openai', 'gpt-6-luna'],
    ['anthropic', 'claude-haiku-5-5'],
    ['google', 'gemini-3.5-flash-lite'],
  ])('of %s is %s', (provider, model) => {
    expect(cheapestModel(provider, priceListOn(new Date('2026-11-23')))?.model).toBe(model);
  });

  it('is the cheapest by input and output together', () => {
    const list = [listed('a', { input: 1, output: 9 }), listed('b', { input: 4, output: 5 })];
    expect(cheapestModel('acme', list)?.model).toBe('b');
  });

  it('is the first in the list among equals', () => {
    const list = [
      listed('dear', { input: 9, output: 9 }),
      listed('new', { input: 4, output: 5 }),
      listed('old', { input: 5, output: 4 }),
    ];
    expect(cheapestModel('acme', list)?.model).toBe('new');
  });

  it('is none that retires, is not for general use or belongs to another provider', () => {
    const list = [
      listed('retiring', { input: 1, output: 1, retiresOn: '2099-01-01' }),
      listed('special', { input: 1, output: 1, general: false }),
      listed('foreign', { input: 1, output: 1, provider: 'other' }),
      listed('fit', { input: 8, output: 8 }),
    ];
    expect(cheapestModel('acme', list)?.model).toBe('fit');
  });

  it('is null for a provider without a fitting row', () => {
    expect(cheapestModel('acme', priceListOn(new Date('2026-11-23')))).toBeNull();
  });
});
