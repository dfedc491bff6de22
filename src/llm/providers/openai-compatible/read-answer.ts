import { z } from 'zod';
import type { FinishReason, ModelResult } from '../../domain/model-request.js';
import type { TokenUsage } from '../../domain/token-usage.js';
import { countWithout, tokenCount } from '../read-counts.js';
import { unreadableAnswer } from '../unreadable-answer.js';

const choice = z.object({
  message: z.object({ content: z.string().nullish(), refusal: z.string().nullish() }),
  finish_reason: z.string().nullish(),
});
const usage = z.object({
  prompt_tokens: tokenCount,
  prompt_tokens_details: z.object({ cached_tokens: tokenCount }).nullish().catch(undefined),
  completion_tokens: tokenCount,
  completion_tokens_details: z.object({ reasoning_tokens: tokenCount }).nullish().catch(undefined),
});
const answer = z.object({
  id: z.string().nullish(),
  choices: z.tuple([choice], choice),
  usage: usage.nullish().catch(undefined),
});

/** What a server that speaks chat.completions answered with 200. */
export function readChatAnswer(raw: unknown, requestId: string | null): ModelResult {
  const read = answer.safeParse(raw).data;
  if (read === undefined) throw unreadableAnswer('openai-compatible', requestId);
  const [{ message, finish_reason }] = read.choices;
  const refused = typeof message.refusal === 'string' && message.refusal !== '';
  return {
    text: (refused ? message.refusal : message.content) ?? '',
    finish: refused
      ? { reason: 'refusal', raw: 'refusal' }
      : { reason: REASONS.get(finish_reason ?? '') ?? 'other', raw: finish_reason ?? null },
    usage: read.usage ? readUsage(read.usage) : {},
    requestId: requestId ?? read.id ?? null,
  };
}

const REASONS: ReadonlyMap<string, FinishReason> = new Map([
  ['stop', 'stop'],
  ['length', 'length'],
  ['content_filter', 'refusal'],
]);

/** The prompt includes what was read from the cache. */
function readUsage(counts: z.output<typeof usage>): TokenUsage {
  const cached = counts.prompt_tokens_details?.cached_tokens;
  return {
    inputTokens: countWithout(counts.prompt_tokens, cached),
    cachedInputTokens: cached,
    outputTokens: counts.completion_tokens,
    reasoningTokens: counts.completion_tokens_details?.reasoning_tokens,
  };
}
