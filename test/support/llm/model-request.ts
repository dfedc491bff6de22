import type { ModelRequest, ModelResult } from '../../../src/llm/domain/model-request.js';
import { ModelError } from '../../../src/llm/domain/model-failure.js';
import type { LanguageModelProvider } from '../../../src/llm/providers/language-model-provider.js';

export function aModelRequest(values: Partial<ModelRequest> = {}): ModelRequest {
  return {
    model: 'test-model',
    system: 'Answer in one word.',
    messages: [{ role: 'user', text: 'How are you?' }],
    maxOutputTokens: 200,
    ...values,
  };
}

/** One call with time enough. */
export function ask(
  provider: LanguageModelProvider,
  request = aModelRequest(),
  signal = AbortSignal.timeout(10_000),
): Promise<ModelResult> {
  return provider.languageModel(request.model).generate(request, { signal });
}

/** The error a call ends with, which is a `ModelError`, or this fails. */
export async function failureOf(call: Promise<unknown>): Promise<ModelError> {
  try {
    await call;
  } catch (error) {
    if (error instanceof ModelError) return error;
    throw new Error('Not a ModelError', { cause: error });
  }
  throw new Error('The call succeeded.');
}
