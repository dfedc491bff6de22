/** Shorter ones are words and numbers of everyday texts. */
export const SHORTEST_SECRET = 6;

/**
 * The characters of base64 that hold nothing but the secret when it starts `offset` bytes into a group of three: what
 * is seen of it inside longer encoded data, as in `Basic base64(user:password)`.
 */
function base64Core(secret: Buffer, offset: number): string {
  const bits = 8 * (offset + secret.length);
  const encoded = Buffer.concat([Buffer.alloc(offset), secret]).toString('base64');
  return encoded.slice(Math.ceil((8 * offset) / 6), Math.floor(bits / 6));
}

const urlSafe = (base64: string): string => base64.replaceAll('+', '-').replaceAll('/', '_');

function urlForms(secret: string): readonly string[] {
  const encoded = encodeURIComponent(secret.toWellFormed());
  const form = new URLSearchParams([['', secret]]).toString().slice(1);
  const lowerCase = (text: string) => text.replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase());
  // A URL leaves some of these characters as they are.
  return [encoded, encodeURI(secret.toWellFormed()), form].flatMap((text) => [text, lowerCase(text)]);
}

/** Every text that gives the secret away: itself, in JSON, URLs, forms and base64 (also within longer base64). */
export function formsOfSecret(secret: string): readonly string[] {
  const bytes = Buffer.from(secret);
  const base64 = [0, 1, 2].map((offset) => base64Core(bytes, offset));
  const forms = [
    secret,
    JSON.stringify(secret).slice(1, -1),
    ...urlForms(secret),
    ...base64.flatMap((core) => [core, urlSafe(core)]),
  ];
  return [...new Set(forms)].filter((form) => form.length >= SHORTEST_SECRET);
}

/** The forms of all secrets that are long enough to be one, longest first. */
export function formsOfSecrets(secrets: readonly string[]): readonly string[] {
  const known = secrets.map((secret) => secret.trim()).filter((secret) => secret.length >= SHORTEST_SECRET);
  const forms = new Set(known.flatMap((secret) => formsOfSecret(secret)));
  return [...forms].sort((a, b) => b.length - a.length);
}
