import type { GenerateContentParameters } from '@google/genai';
import type { ModelRequest } from '../../domain/model-request.js';
import { toGoogleSchema } from './schema.js';

/** A request in the words of generateContent. */
export function toGoogleRequest(request: ModelRequest): GenerateContentParameters {
  const { model, system, messages, maxOutputTokens, temperature, output } = request;
  return {
    model,
    contents: messages.map(({ role, text }) => ({
      role: role === 'assistant' ? 'model' : 'user',
      parts: [{ text }],
    })),
    config: {
      ...(system === null ? {} : { systemInstruction: { role: 'user', parts: [{ text: system }] } }),
      maxOutputTokens,
      ...(temperature === undefined ? {} : { temperature }),
      ...(output === undefined
        ? {}
        : { responseMimeType: 'application/json', responseJsonSchema: toGoogleSchema(output.schema) }),
      // The default goes on by itself, with further requests that are billed.
      automaticContinuation: false,
      // The default is what the project is set to.
      store: false,
    },
  };
}
