import { z } from 'zod';
import type { FinishReason, ModelResult } from '../../domain/model-request.js';
import type { TokenUsage } from '../../domain/token-usage.js';
import { countWith, countWithout, tokenCount } from '../read-counts.js';
import { unreadableAnswer } from '../unreadable-answer.js';

const part = z.object({ text: z.string().optional(), thought: z.boolean().optional() });
const candidate = z.object({
  content: z.object({ parts: z.array(part).optional() }).optional(),
  finishReason: z.string().optional(),
  finishMessage: z.string().optional(),
});
const usage = z.object({
  promptTokenCount: tokenCount,
  cachedContentTokenCount: tokenCount,
  toolUsePromptTokenCount: tokenCount,
  candidatesTokenCount: tokenCount,
  thoughtsTokenCount: tokenCount,
  totalTokenCount: tokenCount,
});
const common = { responseId: z.string().optional(), usageMetadata: usage.optional().catch(undefined) };
const answered = z.object({ ...common, candidates: z.tuple([candidate], candidate) });
const blocked = z.object({
  ...common,
  promptFeedback: z.object({ blockReason: z.string(), blockReasonMessage: z.string().optional() }),
});

/** What generateContent answered with 200, as its SDK hands it over; a blocked prompt is a refusal. */
export function readGoogleAnswer(raw: unknown, requestId: string | null): ModelResult {
  const read = answered.safeParse(raw).data;
  if (read !== undefined) {
    const [{ content, finishReason, finishMessage }] = read.candidates;
    const reason = REASONS.get(finishReason ?? '') ?? 'other';
    const text = (content?.parts ?? []).flatMap((one) => (one.thought ? [] : [one.text ?? ''])).join('');
    return {
      text: reason === 'refusal' && text === '' ? (finishMessage ?? '') : text,
      finish: { reason, raw: finishReason ?? null },
      usage: readUsage(read.usageMetadata),
      requestId: requestId ?? read.responseId ?? null,
    };
  }
  const refused = blocked.safeParse(raw).data;
  if (refused === undefined) throw unreadableAnswer('google', requestId);
  const { blockReason, blockReasonMessage } = refused.promptFeedback;
  return {
    text: blockReasonMessage ?? '',
    finish: { reason: 'refusal', raw: blockReason },
    usage: readUsage(refused.usageMetadata),
    requestId: requestId ?? refused.responseId ?? null,
  };
}

const REASONS: ReadonlyMap<string, FinishReason> = new Map([
  ['STOP', 'stop'],
  ['MAX_TOKENS', 'length'],
  ['CONTINUATION', 'length'],
  ['SAFETY', 'refusal'],
  ['RECITATION', 'refusal'],
  ['BLOCKLIST', 'refusal'],
  ['PROHIBITED_CONTENT', 'refusal'],
  ['SPII', 'refusal'],
]);

/** Cached content is part of the prompt; thoughts are not part of the candidates. */
function readUsage(counts: z.output<typeof usage> = {}): TokenUsage {
  const cached = counts.cachedContentTokenCount;
  const thoughts = counts.thoughtsTokenCount;
  const input = countWith(counts.promptTokenCount, counts.toolUsePromptTokenCount);
  return {
    inputTokens: countWithout(input, cached),
    cachedInputTokens: cached,
    outputTokens:
      countWith(counts.candidatesTokenCount, thoughts) ?? countWithout(counts.totalTokenCount, input),
    reasoningTokens: thoughts,
  };
}
