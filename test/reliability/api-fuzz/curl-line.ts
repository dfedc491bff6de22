import type { SentRequest } from './sent-request.js';

const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;
const PRINTABLE = /^[\x20-\x7e]*$/;

/** Bytes that a shell would not keep go through base64. */
function bodyOf(body: string | Uint8Array): { readonly before: string; readonly option: string } {
  if (typeof body === 'string' && PRINTABLE.test(body) && !body.startsWith('@'))
    return { before: '', option: `--data-binary ${quoted(body)}` };
  return {
    before: `echo ${Buffer.from(body).toString('base64')} | base64 -d | `,
    option: '--data-binary @-',
  };
}

/** A line for a shell that sends the same request again. */
export function curlLine(base: string, { method, target, headers, body }: SentRequest): string {
  const given = new Set(headers.map(([name]) => name.toLowerCase()));
  // curl would name a type of its own.
  const untyped = body !== null && !given.has('content-type') ? ["-H 'Content-Type:'"] : [];
  // An empty header ends in a semicolon for curl.
  const shown = headers.map(
    ([name, value]) => `-H ${quoted(value === '' ? `${name};` : `${name}: ${value}`)}`,
  );
  const { before, option } = body === null ? { before: '', option: '' } : bodyOf(body);
  const address = quoted(base + target);
  const parts = [
    'curl -si --max-time 20 --path-as-is -g',
    `-X ${method}`,
    ...untyped,
    ...shown,
    option,
    address,
  ];
  return before + parts.filter((part) => part !== '').join(' ');
}
