import { z } from 'zod';
import { ModelError, type ModelFailureKind } from '../../domain/model-failure.js';
import type { ModelResult } from '../../domain/model-request.js';
import type { TokenUsage } from '../../domain/token-usage.js';
import { otherTypes } from '../other-types.js';
import { countWithout, tokenCount } from '../read-counts.js';
import { unreadableAnswer } from '../unreadable-answer.js';

const part = z.union([
  z.object({ type: z.literal('output_text'), text: z.string() }),
  z.object({ type: z.literal('refusal'), refusal: z.string() }),
  otherTypes('output_text', 'refusal'),
]);
const item = z.union([
  z.object({ type: z.literal('message'), content: z.array(part) }),
  otherTypes('message'),
]);
const usage = z.object({
  input_tokens: tokenCount,
  input_tokens_details: z.object({ cached_tokens: tokenCount, cache_write_tokens: tokenCount }).nullish(),
  output_tokens: tokenCount,
  output_tokens_details: z.object({ reasoning_tokens: tokenCount }).nullish(),
});
const answer = z.object({
  id: z.string(),
  status: z.string(),
  incomplete_details: z.object({ reason: z.string().nullish() }).nullish(),
  error: z.object({ code: z.string().nullish() }).nullish(),
  output: z.array(item),
  usage: usage.nullish().catch(undefined),
});
type Answer = z.output<typeof answer>;

/** What the Responses API answered with 200. */
export function readOpenAiAnswer(raw: unknown, requestId: string | null): ModelResult {
  const read = answer.safeParse(raw).data;
  if (read === undefined) throw unreadableAnswer('openai', requestId);
  if (read.status === 'failed') throw failed(read, requestId);
  const parts = read.output.flatMap((message) => message?.content ?? []).filter((one) => one !== null);
  const refusal = parts.find((one) => one.type === 'refusal');
  const text = parts.flatMap((one) => (one.type === 'output_text' ? [one.text] : [])).join('');
  return {
    text: refusal?.refusal ?? text,
    finish: refusal === undefined ? finishOf(read) : { reason: 'refusal', raw: 'refusal' },
    usage: read.usage ? readUsage(read.usage) : {},
    requestId: requestId ?? read.id,
  };
}

function finishOf({ status, incomplete_details }: Answer): ModelResult['finish'] {
  if (status === 'completed') return { reason: 'stop', raw: status };
  const raw = (status === 'incomplete' ? incomplete_details?.reason : null) ?? status;
  if (raw === 'max_output_tokens') return { reason: 'length', raw };
  return { reason: raw === 'content_filter' ? 'refusal' : 'other', raw };
}

const KINDS: ReadonlyMap<string, ModelFailureKind> = new Map([
  ['rate_limit_exceeded', 'rate_limited'],
  ['invalid_prompt', 'bad_request'],
]);

/** A failure inside an answer with 200: tokens may have been spent before it. */
function failed({ error }: Answer, requestId: string | null): ModelError {
  const code = error?.code ?? 'unknown';
  const kind = KINDS.get(code) ?? 'server_error';
  const message = `openai answered with status failed: ${code.slice(0, 80)}`;
  return new ModelError({ kind, message, billed: 'unknown', requestId: requestId ?? undefined });
}

/** Input includes what was read from and written to the cache. */
function readUsage(counts: z.output<typeof usage>): TokenUsage {
  const cached = counts.input_tokens_details?.cached_tokens;
  const written = counts.input_tokens_details?.cache_write_tokens;
  return {
    inputTokens: countWithout(counts.input_tokens, cached, written),
    cachedInputTokens: cached,
    cacheWriteTokens: written,
    outputTokens: counts.output_tokens,
    reasoningTokens: counts.output_tokens_details?.reasoning_tokens,
  };
}
