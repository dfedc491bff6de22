import { type Attributes, context, type Span, SpanKind } from '@opentelemetry/api';
import { failSpan, TRACER } from '../../common/tracing/in-span.js';
import { sourceOf, type TraceSource } from '../../common/tracing/trace-source.js';
import type { CallContext } from '../budget/ledger.port.js';
import type { CallOutcome } from '../domain/call-outcome.js';
import { genAiOperation, genAiProvider } from '../domain/gen-ai-names.js';
import type { FinishReason, ModelRequest, ModelResult } from '../domain/model-request.js';
import type { TokenUsage } from '../domain/token-usage.js';
import { askedFor, usdOf } from './asked-for.js';

export interface ChatCall {
  readonly provider: string;
  readonly request: ModelRequest;
  readonly interactionType: string;
  readonly attempt: number;
  readonly context: CallContext;
}

export interface ChatEnd {
  readonly outcome: CallOutcome;
  /** Nano-dollars. */
  readonly cost: bigint;
  readonly result?: ModelResult;
}

/** In the words of the conventions. */
const FINISHES: Readonly<Record<FinishReason, string>> = {
  stop: 'stop',
  length: 'length',
  refusal: 'content_filter',
  other: 'other',
};

/**
 * One request to a provider (semantic-conventions-genai, inference client span, read 2026-11-24). Whatever came out of
 * the cache has none: see the span of its function.
 */
export class ChatSpan {
  private constructor(
    private readonly span: Span,
    private readonly source: TraceSource,
  ) {}

  /** null: nothing is traced here. */
  static begin(call: ChatCall): ChatSpan | null {
    const active = context.active();
    const source = sourceOf(active);
    if (source === undefined) return null;
    const { provider, request } = call;
    const options = { kind: SpanKind.CLIENT, attributes: attributesOf(call) };
    const name = `${genAiOperation(provider)} ${request.model}`;
    const chat = new ChatSpan(source.tracer(TRACER).startSpan(name, options, active), source);
    chat.showRequest(request);
    return chat;
  }

  end({ outcome, cost, result }: ChatEnd): void {
    const { span } = this;
    span.setAttributes({ 'tandem.outcome': outcome, 'tandem.cost_usd': usdOf(cost) });
    if (result !== undefined) {
      span.setAttributes(usageOf(result.usage));
      span.setAttribute('gen_ai.response.finish_reasons', [FINISHES[result.finish.reason]]);
      this.show('gen_ai.output.messages', [
        { ...message('assistant', result.text), finish_reason: FINISHES[result.finish.reason] },
      ]);
    }
    if (outcome.startsWith('failed_')) failSpan(span, outcome.slice('failed_'.length));
    span.end();
  }

  private showRequest({ system, messages }: ModelRequest): void {
    if (system !== null) this.show('gen_ai.system_instructions', [textPart(system)]);
    this.show(
      'gen_ai.input.messages',
      messages.map(({ role, text }) => message(role, text)),
    );
  }

  private show(attribute: string, value: unknown): void {
    const text = this.span.isRecording() ? this.source.content(value) : null;
    if (text !== null) this.span.setAttribute(attribute, text);
  }
}

const textPart = (content: string) => ({ type: 'text', content });
const message = (role: string, text: string) => ({ role, parts: [textPart(text)] });

function attributesOf({ provider, request, interactionType, attempt, context: asked }: ChatCall): Attributes {
  const { model, maxOutputTokens, temperature, output } = request;
  return {
    'gen_ai.operation.name': genAiOperation(provider),
    'gen_ai.provider.name': genAiProvider(provider),
    'gen_ai.request.model': model,
    'gen_ai.request.max_tokens': maxOutputTokens,
    ...(temperature === undefined ? {} : { 'gen_ai.request.temperature': temperature }),
    'gen_ai.output.type': output === undefined ? 'text' : 'json',
    'tandem.interaction_type': interactionType,
    'tandem.call.attempt': attempt,
    ...askedFor(asked),
  };
}

/** Input counts whole in the conventions, cached or not; what a provider does not say is left out. */
function usageOf(usage: TokenUsage): Attributes {
  const { inputTokens, cachedInputTokens, cacheWriteTokens, outputTokens, reasoningTokens } = usage;
  const input = [inputTokens, cachedInputTokens, cacheWriteTokens].filter((count) => count !== undefined);
  const counts = {
    'gen_ai.usage.input_tokens': input.length === 0 ? undefined : input.reduce((sum, count) => sum + count),
    'gen_ai.usage.cache_read.input_tokens': cachedInputTokens,
    'gen_ai.usage.cache_creation.input_tokens': cacheWriteTokens,
    'gen_ai.usage.output_tokens': outputTokens,
    'gen_ai.usage.reasoning.output_tokens': reasoningTokens,
  };
  return Object.fromEntries(Object.entries(counts).filter(([, count]) => count !== undefined));
}
