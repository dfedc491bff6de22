import { z } from 'zod';
import type { FinishReason, ModelResult } from '../../domain/model-request.js';
import type { TokenUsage } from '../../domain/token-usage.js';
import { otherTypes } from '../other-types.js';
import { tokenCount } from '../read-counts.js';
import { unreadableAnswer } from '../unreadable-answer.js';

const block = z.union([z.object({ type: z.literal('text'), text: z.string() }), otherTypes('text')]);
const usage = z.object({
  input_tokens: tokenCount,
  cache_read_input_tokens: tokenCount,
  cache_creation_input_tokens: tokenCount,
  output_tokens: tokenCount,
  output_tokens_details: z.object({ thinking_tokens: tokenCount }).nullish().catch(undefined),
});
const answer = z.object({
  id: z.string(),
  type: z.literal('message'),
  content: z.array(block),
  stop_reason: z.string().nullable(),
  stop_details: z.object({ explanation: z.string().nullish() }).nullish().catch(undefined),
  usage: usage.nullish().catch(undefined),
});

/** What the Messages API answered with 200; a refusal is one, and it is billed. */
export function readAnthropicAnswer(raw: unknown, requestId: string | null): ModelResult {
  const read = answer.safeParse(raw).data;
  if (read === undefined) throw unreadableAnswer('anthropic', requestId);
  const reason = REASONS.get(read.stop_reason ?? '') ?? 'other';
  const text = read.content.flatMap((one) => (one === null ? [] : [one.text])).join('');
  return {
    text: reason === 'refusal' && text === '' ? (read.stop_details?.explanation ?? '') : text,
    finish: { reason, raw: read.stop_reason },
    usage: read.usage ? readUsage(read.usage) : {},
    requestId: requestId ?? read.id,
  };
}

const REASONS: ReadonlyMap<string, FinishReason> = new Map([
  ['end_turn', 'stop'],
  ['stop_sequence', 'stop'],
  ['max_tokens', 'length'],
  ['model_context_window_exceeded', 'length'],
  ['refusal', 'refusal'],
]);

/** Input is without what was read from and written to the cache. */
function readUsage(counts: z.output<typeof usage>): TokenUsage {
  return {
    inputTokens: counts.input_tokens,
    cachedInputTokens: counts.cache_read_input_tokens,
    cacheWriteTokens: counts.cache_creation_input_tokens,
    outputTokens: counts.output_tokens,
    reasoningTokens: counts.output_tokens_details?.thinking_tokens,
  };
}
