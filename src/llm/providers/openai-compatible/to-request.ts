import type { ChatCompletionCreateParamsNonStreaming } from 'openai/resources/chat/completions';
import type { ModelRequest } from '../../domain/model-request.js';

/** A request in the words of chat.completions, with nothing in it that only OpenAI knows. */
export function toChatRequest(request: ModelRequest): ChatCompletionCreateParamsNonStreaming {
  const { model, system, messages, maxOutputTokens, temperature, output } = request;
  const instructions = system === null ? [] : [{ role: 'system' as const, content: system }];
  return {
    model,
    messages: [...instructions, ...messages.map(({ role, text }) => ({ role, content: text }))],
    // Not `max_completion_tokens`: fewer servers know it.
    max_tokens: maxOutputTokens,
    ...(temperature === undefined ? {} : { temperature }),
    ...(output === undefined
      ? {}
      : {
          response_format: {
            type: 'json_schema',
            json_schema: { name: output.name, strict: true, schema: output.schema },
          },
        }),
  };
}
