/**
 * When a provider wants to be asked again, in milliseconds from `nowMs`: `retry-after-ms` as OpenAI and Anthropic send
 * it, else `Retry-After` in seconds or as a date (RFC 9110, 10.2.3). Undefined: it did not say, or not readably.
 */
export function readRetryAfter(headers: Headers, nowMs: number): number | undefined {
  const milliseconds = readNumber(headers.get('retry-after-ms'));
  if (milliseconds !== undefined) return milliseconds;
  const text = headers.get('retry-after');
  if (text === null) return undefined;
  const seconds = readNumber(text);
  if (seconds !== undefined) return Math.round(seconds * 1000);
  // Without a letter it is no date: `Date.parse('-5')` is a day of the year 2001.
  const date = /[a-z]/i.test(text) ? Date.parse(text) : NaN;
  return Number.isNaN(date) ? undefined : Math.max(0, date - nowMs);
}

function readNumber(text: string | null): number | undefined {
  return text !== null && /^\s*\d+(\.\d+)?\s*$/.test(text) ? Number(text) : undefined;
}
