import type { ResponseCreateParamsNonStreaming } from 'openai/resources/responses/responses';
import type { ModelRequest } from '../../domain/model-request.js';
import { toOpenAiSchema } from './schema.js';

/** A request in the words of the Responses API. */
export function toOpenAiRequest(request: ModelRequest): ResponseCreateParamsNonStreaming {
  const { model, system, messages, maxOutputTokens, temperature, output } = request;
  return {
    model,
    ...(system === null ? {} : { instructions: system }),
    input: messages.map(({ role, text }) => ({ role, content: text })),
    max_output_tokens: maxOutputTokens,
    ...(temperature === undefined ? {} : { temperature }),
    ...(output === undefined
      ? {}
      : {
          text: {
            format: {
              type: 'json_schema',
              name: output.name,
              strict: true,
              schema: toOpenAiSchema(output.schema),
            },
          },
        }),
    // Their defaults keep the answer for 30 days and take the price of whatever tier the project is set to.
    store: false,
    service_tier: 'default',
  };
}
