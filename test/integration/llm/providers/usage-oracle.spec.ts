import { expect, it } from '@jest/globals';
import { extractUsage, findProvider } from '@pydantic/genai-prices';
import fc from 'fast-check';
import { readAnthropicAnswer } from '../../../../src/llm/providers/anthropic/read-answer.js';
import { readGoogleAnswer } from '../../../../src/llm/providers/google/read-answer.js';
import { readChatAnswer } from '../../../../src/llm/providers/openai-compatible/read-answer.js';
import { readOpenAiAnswer } from '../../../../src/llm/providers/openai/read-answer.js';
import {
  anthropicAnswer,
  chatAnswer,
  geminiAnswer,
  openAiAnswer,
} from '../../../support/llm/answer-bodies.js';

// Another team's reading of the same fields. Its `input_tokens` are all classes of input together.
const READERS = [
  ['openai', 'responses', 'gpt-5', readOpenAiAnswer, openAiBody],
  ['openai', 'chat', 'gpt-5', readChatAnswer, chatBody],
  ['anthropic', undefined, 'claude-sonnet-4-5', readAnthropicAnswer, anthropicBody],
  ['google', undefined, 'gemini-2.5-flash', readGoogleAnswer, geminiBody],
] as const;

const counts = fc.record({
  fresh: fc.nat(1e6),
  read: fc.nat(1e6),
  written: fc.nat(1e6),
  visible: fc.nat(1e6),
  reasoning: fc.nat(1e6),
});
type Counts = typeof counts extends fc.Arbitrary<infer T> ? T : never;

it.each(READERS)(
  '%s %s: agrees with genai-prices on any counts',
  (providerId, flavour, model, read, body) => {
    const provider = findProvider({ providerId });
    fc.assert(
      fc.property(counts, (some) => {
        const raw = body(some, model);
        const { usage } = read(raw, null);
        const oracle = extractUsage(provider!, raw, flavour).usage;
        const sum = (usage.inputTokens ?? 0) + (usage.cachedInputTokens ?? 0) + (usage.cacheWriteTokens ?? 0);
        expect(sum).toBe(oracle.input_tokens);
        expect(usage.cachedInputTokens).toBe(oracle.cache_read_tokens);
        expect(usage.cacheWriteTokens).toBe(oracle.cache_write_tokens);
        expect(usage.outputTokens).toBe(oracle.output_tokens);
      }),
      { numRuns: 50 },
    );
  },
);

function openAiBody({ fresh, read, written, visible, reasoning }: Counts, model: string): object {
  const usage = {
    input_tokens: fresh + read + written,
    input_tokens_details: { cached_tokens: read, cache_write_tokens: written },
    output_tokens: visible + reasoning,
    output_tokens_details: { reasoning_tokens: reasoning },
  };
  return openAiAnswer({ model, usage });
}

function chatBody({ fresh, read, visible, reasoning }: Counts, model: string): object {
  const usage = {
    prompt_tokens: fresh + read,
    prompt_tokens_details: { cached_tokens: read },
    completion_tokens: visible + reasoning,
    completion_tokens_details: { reasoning_tokens: reasoning },
  };
  return chatAnswer({ model, usage });
}

function anthropicBody({ fresh, read, written, visible }: Counts, model: string): object {
  const usage = {
    input_tokens: fresh,
    cache_read_input_tokens: read,
    cache_creation_input_tokens: written,
    output_tokens: visible,
  };
  return anthropicAnswer({ model, usage });
}

function geminiBody({ fresh, read, visible, reasoning }: Counts, model: string): object {
  const usage = {
    promptTokenCount: fresh + read,
    cachedContentTokenCount: read,
    candidatesTokenCount: visible,
    thoughtsTokenCount: reasoning,
  };
  return geminiAnswer({ model, usage });
}
