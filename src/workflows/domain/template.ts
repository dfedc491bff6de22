import { parseReferenceAt } from './parse-reference.js';
import type { ParsedTemplate, Reference } from './reference.js';

const OPEN = '{{';
const MAX_CACHED = 2_000;
const MAX_CACHED_LENGTH = 2_000;
/** Pure memo: the same text always parses to the same template. */
const cache = new Map<string, ParsedTemplate>();

/** Whether text can hold a reference at all: the cheap test before parsing. */
export const mayHoldReference = (text: string): boolean => text.includes(OPEN);

function parse(text: string): ParsedTemplate {
  const parts: (string | Reference)[] = [];
  let position = 0;
  for (let open = text.indexOf(OPEN); open >= 0; open = text.indexOf(OPEN, position)) {
    if (open > position) parts.push(text.slice(position, open));
    const parsed = parseReferenceAt(text, open);
    if ('error' in parsed) return { ok: false, error: parsed.error };
    parts.push(parsed.reference);
    position = parsed.end;
  }
  if (position < text.length || parts.length === 0) parts.push(text.slice(position));
  return { ok: true, template: { parts } };
}

/**
 * Parses text into plain parts and references. Every `{{` starts a reference; to write one as plain text, give it
 * as the default of an absent path: `{{ run.input.none ?? "{{" }}`.
 */
export function parseTemplate(text: string): ParsedTemplate {
  const known = cache.get(text);
  if (known !== undefined) return known;
  const parsed = parse(text);
  if (text.length <= MAX_CACHED_LENGTH) {
    if (cache.size >= MAX_CACHED) cache.clear();
    cache.set(text, parsed);
  }
  return parsed;
}
