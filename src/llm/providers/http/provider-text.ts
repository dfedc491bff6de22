import { z } from 'zod';

/** Of a provider's own words; they may quote a prompt at length. */
const MAX_CHARACTERS = 300;

const withMessage = z.object({ message: z.string().min(1) });
const body = z.object({ error: withMessage }).transform(({ error }) => error.message);
const flat = withMessage.transform(({ message }) => message);

/**
 * What a provider said about a failure, out of whatever its SDK threw: the message inside the parsed body (`error`), or
 * inside a body that became the message as JSON, else the message itself. Without the secrets and at most 300 characters.
 */
export function readProviderText(thrown: unknown, secrets: readonly string[]): string {
  const error = z.object({ error: z.union([body, flat]) }).safeParse(thrown).data?.error;
  const message = flat.safeParse(thrown).data ?? (typeof thrown === 'string' ? thrown : '');
  return cleanText(error ?? body.safeParse(parseJson(message)).data ?? message, secrets);
}

/** Secrets are taken out before the text is cut: a cut through a secret would leave its beginning. */
export function cleanText(text: string, secrets: readonly string[]): string {
  const clean = secrets.reduce((left, secret) => left.replaceAll(secret, '[secret]'), text);
  const line = clean.replace(/\s+/g, ' ').trim();
  return line.length <= MAX_CHARACTERS ? line : `${line.slice(0, MAX_CHARACTERS - 1).toWellFormed()}…`;
}

function parseJson(text: string): unknown {
  try {
    // An SDK may put the status before the body: `429 {"error":…}`.
    return JSON.parse(text.slice(Math.max(0, text.indexOf('{'))));
  } catch {
    return undefined;
  }
}
