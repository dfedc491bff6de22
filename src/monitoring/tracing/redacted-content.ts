import type { JsonValue } from '../../common/json.js';
import type { Redactor } from '../../llm/redaction/redactor.js';

const MAX_CHARACTERS = 8_192;
const NOT_SHOWN = '[not shown: it cannot be redacted]';

/** A prompt, an answer, parameters or a result without secrets and personal data, as text, cut after redaction. */
export function redactedContent(value: unknown, redactor: Pick<Redactor, 'personal'>): string {
  let text: string;
  try {
    const clean = redactor.personal((value ?? null) as JsonValue);
    text = typeof clean === 'string' ? clean : JSON.stringify(clean);
  } catch {
    return NOT_SHOWN;
  }
  return text.length <= MAX_CHARACTERS ? text : `${text.slice(0, MAX_CHARACTERS)}…`.toWellFormed();
}
