import { z } from 'zod';
import type { TokenUsage } from '../../../../src/llm/domain/token-usage.js';

const count = z.number().nullish();

const responses = z.object({
  usage: z
    .object({
      input_tokens: count,
      input_tokens_details: z.object({ cached_tokens: count, cache_write_tokens: count }).nullish(),
      output_tokens: count,
      output_tokens_details: z.object({ reasoning_tokens: count }).nullish(),
    })
    .nullish(),
});
const chat = z.object({
  usage: z
    .object({
      prompt_tokens: count,
      prompt_tokens_details: z.object({ cached_tokens: count, cache_write_tokens: count }).nullish(),
      completion_tokens: count,
      completion_tokens_details: z.object({ reasoning_tokens: count }).nullish(),
    })
    .nullish(),
});
const messages = z.object({
  usage: z.object({
    input_tokens: count,
    cache_read_input_tokens: count,
    cache_creation_input_tokens: count,
    output_tokens: count,
    output_tokens_details: z.object({ thinking_tokens: count }).nullish(),
  }),
});
const gemini = z.object({
  usageMetadata: z.object({
    promptTokenCount: count,
    cachedContentTokenCount: count,
    toolUsePromptTokenCount: count,
    candidatesTokenCount: count,
    thoughtsTokenCount: count,
  }),
});

type Counts = { readonly [Name in keyof TokenUsage]: number | null | undefined };

/** Only what was reported. */
function reported(counts: Counts): TokenUsage {
  return Object.fromEntries(Object.entries(counts).filter(([, tokens]) => typeof tokens === 'number'));
}

/** Input of which the caches are a part. */
function uncached(
  total: number | null | undefined,
  ...parts: (number | null | undefined)[]
): number | undefined {
  if (total === null || total === undefined) return undefined;
  return parts.reduce<number>((rest, part) => rest - (part ?? 0), total);
}

/** Undefined when neither is reported. */
function sum(a: number | null | undefined, b: number | null | undefined): number | undefined {
  return typeof a === 'number' || typeof b === 'number' ? (a ?? 0) + (b ?? 0) : undefined;
}

/** Token classes of an answer by the rules of each wire format; the classes do not overlap. */
export const toUsage: Readonly<
  Record<'openai' | 'chat' | 'anthropic' | 'google', (body: unknown) => TokenUsage>
> = {
  openai(body) {
    const usage = responses.parse(body).usage;
    const input = usage?.input_tokens_details;
    return reported({
      inputTokens: uncached(usage?.input_tokens, input?.cached_tokens, input?.cache_write_tokens),
      cachedInputTokens: input?.cached_tokens,
      cacheWriteTokens: input?.cache_write_tokens,
      outputTokens: usage?.output_tokens,
      reasoningTokens: usage?.output_tokens_details?.reasoning_tokens,
    });
  },
  chat(body) {
    const usage = chat.parse(body).usage;
    const input = usage?.prompt_tokens_details;
    return reported({
      inputTokens: uncached(usage?.prompt_tokens, input?.cached_tokens, input?.cache_write_tokens),
      cachedInputTokens: input?.cached_tokens,
      cacheWriteTokens: input?.cache_write_tokens,
      outputTokens: usage?.completion_tokens,
      reasoningTokens: usage?.completion_tokens_details?.reasoning_tokens,
    });
  },
  anthropic(body) {
    const { usage } = messages.parse(body);
    return reported({
      inputTokens: usage.input_tokens,
      cachedInputTokens: usage.cache_read_input_tokens,
      cacheWriteTokens: usage.cache_creation_input_tokens,
      outputTokens: usage.output_tokens,
      reasoningTokens: usage.output_tokens_details?.thinking_tokens,
    });
  },
  google(body) {
    const { usageMetadata: usage } = gemini.parse(body);
    const prompt = uncached(usage.promptTokenCount, usage.cachedContentTokenCount);
    return reported({
      inputTokens: prompt === undefined ? undefined : prompt + (usage.toolUsePromptTokenCount ?? 0),
      cachedInputTokens: usage.cachedContentTokenCount,
      cacheWriteTokens: undefined,
      outputTokens: sum(usage.candidatesTokenCount, usage.thoughtsTokenCount),
      reasoningTokens: usage.thoughtsTokenCount,
    });
  },
};
