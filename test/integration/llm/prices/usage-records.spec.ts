import { describe, expect, it } from '@jest/globals';
import { calcPrice, extractUsage, findProvider } from '@pydantic/genai-prices';
import { compareRow } from '../../../../scripts/check-prices/compare-row.ts';
import { libraryRow } from '../../../../scripts/check-prices/library-row.ts';
import { costOf } from '../../../../src/llm/domain/model-cost.js';
import { priceListOn, type ListedModel } from '../../../../src/llm/domain/price-list.js';
import { ANTHROPIC_MESSAGES } from './anthropic-messages.js';
import { GEMINI } from './gemini.js';
import { OPENAI_CHAT } from './openai-chat.js';
import { OPENAI_RESPONSES } from './openai-responses.js';
import { toUsage } from './to-usage.js';
import type { UsageRecord } from './usage-record.js';

const DAY = '2026-11-23';
const PRICE_LIST = priceListOn(new Date(DAY));

type Wire = keyof typeof toUsage;
interface Answer extends UsageRecord {
  readonly wire: Wire;
  /** The library's name for the wire format. */
  readonly flavor: string;
}

const of = (wire: Wire, flavor: string, records: readonly UsageRecord[]): Answer[] =>
  records.map((record) => ({ ...record, wire, flavor }));
const ANSWERS = [
  ...of('openai', 'responses', OPENAI_RESPONSES),
  ...of('chat', 'chat', OPENAI_CHAT),
  ...of('anthropic', 'default', ANTHROPIC_MESSAGES),
  ...of('google', 'default', GEMINI),
];
const PRICED = ANSWERS.filter(({ nanoUsd }) => nanoUsd !== null);

function listed(id: string): ListedModel {
  const model = PRICE_LIST.find((row) => `${row.provider}:${row.model}` === id);
  if (model === undefined) throw new Error(`${id} is not in the price list`);
  return model;
}

function libraryUsage({ model, body, flavor }: Answer): ReturnType<typeof extractUsage> {
  const provider = findProvider({ providerId: listed(model).provider });
  if (provider === undefined) throw new Error(`The library does not know the provider of ${model}`);
  return extractUsage(provider, body, flavor);
}

/** Whether the library has this very model at our prices, so that it can be asked what a call costs. */
function isPricedAlike(model: ListedModel): boolean {
  const result = compareRow(model, DAY);
  return result.inLibrary && result.differences.length === 0;
}
const ALIKE = PRICED.filter(({ model }) => isPricedAlike(listed(model)));

describe('the cost of a recorded answer', () => {
  it.each(ANSWERS)('$wire $model, $what: $sum', ({ wire, model, body, nanoUsd }) => {
    expect(costOf(toUsage[wire](body), listed(model))).toBe(nanoUsd);
  });
});

describe('an independent reading', () => {
  it.each(PRICED)('of $wire $model, $what, finds the same tokens', (answer) => {
    const { usage } = libraryUsage(answer);
    const ours = toUsage[answer.wire](answer.body);
    const { inputTokens = NaN, cachedInputTokens = 0, cacheWriteTokens = 0 } = ours;
    expect({
      input: inputTokens + cachedInputTokens + cacheWriteTokens,
      cached: cachedInputTokens,
      written: cacheWriteTokens,
      output: ours.outputTokens,
      reasoning: ours.reasoningTokens ?? 0,
    }).toEqual({
      input: usage['input_tokens'],
      cached: usage['cache_read_tokens'] ?? 0,
      written: usage['cache_write_tokens'] ?? 0,
      output: usage['output_tokens'],
      reasoning: usage['output_reasoning_tokens'] ?? 0,
    });
  });

  it.each(ALIKE)('of $wire $model, $what, comes to the same price', (answer) => {
    const model = listed(answer.model);
    const { usage } = libraryUsage(answer);
    const price = calcPrice(usage, model.model, { providerId: model.provider, timestamp: new Date(DAY) });
    expect(price?.model.id).toBe(libraryRow(model.provider, model.model)?.id);
    expect(price?.total_price).toBeCloseTo(Number(answer.nanoUsd) / 1e9, 10);
  });

  it('is possible for most records', () => {
    expect(ALIKE.length).toBeGreaterThanOrEqual(40);
    expect(PRICED.length).toBeGreaterThanOrEqual(60);
  });
});
