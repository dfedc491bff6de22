import type { JsonValue } from '../../common/json.js';
import type { ModelRequest } from '../domain/model-request.js';
import type { Redactor } from '../redaction/redactor.js';

/** What went over the wire, without secrets. */
export interface CallContent {
  readonly request: ModelRequest;
  readonly response: string | null;
}

const MAX_CHARACTERS = 200_000;

/** Fit to be stored: no NUL, no lone surrogate, bounded. */
function storable(text: string): string {
  const clean = text.replaceAll('\u0000', '\uFFFD').toWellFormed();
  return clean.length <= MAX_CHARACTERS ? clean : `${clean.slice(0, MAX_CHARACTERS)}…`.toWellFormed();
}

/**
 * What is kept of a call: `none` nothing, `redacted` texts without secrets and personal data, `full` texts without
 * secrets. What was asked had no secrets any more when it was sent. Texts that cannot be redacted are not kept.
 */
export function capturedContent(
  { request, response }: CallContent,
  capture: 'none' | 'redacted' | 'full',
  redactor: Pick<Redactor, 'secretsInText' | 'personalInText' | 'onlyPersonalInText'>,
): { readonly prompt: JsonValue; readonly response: string | null } {
  if (capture === 'none') return { prompt: null, response: null };
  const isFull = capture === 'full';
  const asked = (text: string): string => storable(isFull ? text : redactor.onlyPersonalInText(text));
  const answered = (text: string): string =>
    storable(isFull ? redactor.secretsInText(text) : redactor.personalInText(text));
  try {
    const prompt = {
      system: request.system === null ? null : asked(request.system),
      messages: request.messages.map(({ role, text }) => ({
        role,
        text: role === 'assistant' ? answered(text) : asked(text),
      })),
    };
    return { prompt, response: response === null ? null : answered(response) };
  } catch {
    return { prompt: null, response: null };
  }
}
