import { ModelError } from '../domain/model-failure.js';

/** An answer with 200 that is JSON, but no answer of this provider. */
export function unreadableAnswer(provider: string, requestId: string | null): ModelError {
  const message = `${provider} answered 200 with something that is no answer of a model.`;
  return new ModelError({ kind: 'unreadable', message, status: 200, requestId: requestId ?? undefined });
}
