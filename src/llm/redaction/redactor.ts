import type { JsonValue } from '../../common/json.js';
import { withoutKnown } from './domain/known-texts.js';
import { PERSONAL_PATTERNS } from './domain/personal-patterns.js';
import { redactJson } from './domain/redact-json.js';
import type { TextRule } from './domain/redacted.js';
import { RedactionError } from './domain/redaction-error.js';
import { formsOfSecrets } from './domain/secret-forms.js';
import { SECRET_PATTERNS } from './domain/secret-patterns.js';
import { textSize } from './domain/text-size.js';
import { untilClean } from './domain/until-clean.js';

/** Characters; more than any prompt or answer may have. */
const MAX_SIZE = 4 * 1024 * 1024;

/**
 * Frees values of secrets before they are hashed, cached, sent or stored, and of personal data before they are kept.
 * What comes out is its own redaction. Whatever goes wrong is a `RedactionError`: then the value goes nowhere.
 * Give it values, not their JSON text: in a value no escape hides a secret and names are known.
 */
export class Redactor {
  private readonly secretRule: TextRule;
  private readonly personalRule: TextRule;

  /** Known secrets, as they are; those shorter than 6 characters are ignored. */
  constructor(knownSecrets: readonly string[]) {
    const secrets = [withoutKnown(formsOfSecrets(knownSecrets)), ...Object.values(SECRET_PATTERNS)];
    this.secretRule = untilClean(secrets);
    this.personalRule = untilClean([...secrets, ...Object.values(PERSONAL_PATTERNS)]);
  }

  /** Without known secrets, what looks like one, and members whose name says secret. */
  secrets(value: JsonValue): JsonValue {
    return guarded(value, () => redactJson(value, this.secretRule));
  }

  secretsInText(text: string): string {
    return guarded(text, () => this.secretRule(text));
  }

  /** Without secrets and without e-mail addresses, phone numbers, card numbers and IBANs. */
  personal(value: JsonValue): JsonValue {
    return guarded(value, () => redactJson(value, this.personalRule));
  }

  personalInText(text: string): string {
    return guarded(text, () => this.personalRule(text));
  }
}

function guarded<T>(value: unknown, redact: () => T): T {
  try {
    if (textSize(value, MAX_SIZE) > MAX_SIZE)
      throw new RedactionError('too_large', `More than ${MAX_SIZE} characters are not redacted at once.`);
    return redact();
  } catch (error) {
    if (error instanceof RedactionError) throw error;
    throw new RedactionError(
      'broken',
      `Redaction failed with ${error instanceof Error ? error.name : 'no error'}.`,
    );
  }
}
