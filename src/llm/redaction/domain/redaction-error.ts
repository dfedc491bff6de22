/** Why a value could not be redacted: more than the limits allow, no plain JSON, or no end of findings. */
export type RedactionFailure = 'too_large' | 'too_deep' | 'not_json' | 'unending' | 'broken';

/**
 * A value could not be freed of secrets, so nobody may send, store, cache or log it. Carries no part of the value and
 * no cause, which might.
 */
export class RedactionError extends Error {
  constructor(
    readonly failure: RedactionFailure,
    message: string,
  ) {
    super(message);
    this.name = 'RedactionError';
  }
}
