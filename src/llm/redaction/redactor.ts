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
  private rules: Rules;

  /** Known secrets, as they are; those shorter than 6 characters are ignored. */
  constructor(private knownSecrets: readonly string[]) {
    this.rules = rulesFor(knownSecrets);
  }

  /** More secrets, which nobody knew when it was made. */
  learn(secrets: readonly string[]): void {
    this.knownSecrets = [...new Set([...this.knownSecrets, ...secrets])];
    this.rules = rulesFor(this.knownSecrets);
  }

  /** Without known secrets, what looks like one, and members whose name says secret. */
  secrets(value: JsonValue): JsonValue {
    return guarded(value, () => redactJson(value, this.rules.secret));
  }

  secretsInText(text: string): string {
    return guarded(text, () => this.rules.secret(text));
  }

  /** Without the known secrets, else as it is: for texts that somebody else wrote, such as the answer of a model. */
  knownInText(text: string): string {
    return guarded(text, () => this.rules.known(text));
  }

  /** Of a text that has no secrets any more: without personal data. */
  onlyPersonalInText(text: string): string {
    return guarded(text, () => ONLY_PERSONAL(text));
  }

  /** Without secrets and without e-mail addresses, phone numbers, card numbers and IBANs. */
  personal(value: JsonValue): JsonValue {
    return guarded(value, () => redactJson(value, this.rules.personal));
  }

  personalInText(text: string): string {
    return guarded(text, () => this.rules.personal(text));
  }
}

interface Rules {
  readonly known: TextRule;
  readonly secret: TextRule;
  readonly personal: TextRule;
}

const ONLY_PERSONAL = untilClean(Object.values(PERSONAL_PATTERNS));

function rulesFor(knownSecrets: readonly string[]): Rules {
  const known = withoutKnown(formsOfSecrets(knownSecrets));
  const secrets = [known, ...Object.values(SECRET_PATTERNS)];
  return {
    known: untilClean([known]),
    secret: untilClean(secrets),
    personal: untilClean([...secrets, ...Object.values(PERSONAL_PATTERNS)]),
  };
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
