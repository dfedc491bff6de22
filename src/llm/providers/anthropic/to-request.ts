import type { MessageCreateParamsNonStreaming } from '@anthropic-ai/sdk/resources/messages';
import type { ModelRequest } from '../../domain/model-request.js';
import { toAnthropicSchema } from './schema.js';

/** A request in the words of the Messages API, which knows no temperature since its version 2026-10-21. */
export function toAnthropicRequest(request: ModelRequest): MessageCreateParamsNonStreaming {
  const { model, system, messages, maxOutputTokens, output } = request;
  return {
    model,
    max_tokens: maxOutputTokens,
    ...(system === null ? {} : { system }),
    messages: messages.map(({ role, text }) => ({ role, content: text })),
    ...(output === undefined
      ? {}
      : { output_config: { format: { type: 'json_schema', schema: toAnthropicSchema(output.schema) } } }),
  };
}
