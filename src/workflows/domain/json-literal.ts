import type { JsonValue } from '../../common/json.js';

const OPENING = new Set(['{', '[']);
const CLOSING = new Set(['}', ']']);

/** Index behind the string that starts at `start` with a double quote, or -1 when it does not end. */
export function endOfString(text: string, start: number): number {
  for (let index = start + 1; index < text.length; index++) {
    if (text[index] === '\\') index++;
    else if (text[index] === '"') return index + 1;
  }
  return -1;
}

function endOfBrackets(text: string, start: number): number {
  let depth = 0;
  for (let index = start; index < text.length; index++) {
    const character = text[index] ?? '';
    if (character === '"') {
      index = endOfString(text, index) - 1;
      if (index < 0) return -1;
    } else if (OPENING.has(character)) depth++;
    else if (CLOSING.has(character) && --depth === 0) return index + 1;
  }
  return -1;
}

function endOfWord(text: string, start: number): number {
  let index = start;
  while (index < text.length && !/[\s{}[\]",:]/.test(text[index] ?? '')) index++;
  return index;
}

/** Reads the JSON literal that starts at `start` of a longer text; null when there is none. */
export function readJsonLiteral(
  text: string,
  start: number,
): { readonly value: JsonValue; readonly end: number } | null {
  const first = text[start] ?? '';
  const end =
    first === '"'
      ? endOfString(text, start)
      : OPENING.has(first)
        ? endOfBrackets(text, start)
        : endOfWord(text, start);
  if (end < 0) return null;
  try {
    return { value: JSON.parse(text.slice(start, end)) as JsonValue, end };
  } catch {
    return null;
  }
}
