/** Why Tandem cannot start, with what to do about it: the message is all a person needs. Never holds a secret. */
export class StartError extends Error {
  constructor(message: string, cause?: unknown) {
    super(message, { cause });
    this.name = 'StartError';
  }
}
