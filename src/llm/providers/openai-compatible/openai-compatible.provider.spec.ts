import { describe, expect, it } from '@jest/globals';
import { llmConfig } from '../../../../test/support/llm/llm-config.js';
import { OpenAiCompatibleProvider } from './openai-compatible.provider.js';

const provider = (price: { inputTokens: number; outputTokens: number } | null) =>
  new OpenAiCompatibleProvider(
    llmConfig({ openaiCompatible: { apiKey: null, baseUrl: 'http://127.0.0.1:9/v1', price } }),
  );

describe('OpenAiCompatibleProvider', () => {
  it('prices every model as OPENAI_COMPATIBLE_PRICE says', () => {
    const description = provider({ inputTokens: 150_000, outputTokens: 600_000 }).describeModel();
    expect(description).toMatchObject({
      prices: {
        ...{ inputTokens: 150_000, cachedInputTokens: 150_000, cacheWriteTokens: 150_000 },
        outputTokens: 600_000,
      },
      tiers: [],
      tokenizerIsPublic: false,
    });
  });

  it('prices no model without it', () => {
    expect(provider(null).describeModel()).toBeNull();
  });
});
