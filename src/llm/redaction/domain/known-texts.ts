import { REDACTED, type TextRule } from './redacted.js';

type Range = { readonly start: number; end: number };

function occurrences(text: string, known: readonly string[]): Range[] {
  const found: Range[] = [];
  for (const one of known) {
    // Overlapping ones too: of `aaaaaaa` no `a` stays when `aaaaaa` is known.
    for (let at = text.indexOf(one); at >= 0; at = text.indexOf(one, at + 1)) {
      const last = found.at(-1);
      if (last !== undefined && last.start <= at && at <= last.end)
        last.end = Math.max(last.end, at + one.length);
      else found.push({ start: at, end: at + one.length });
    }
  }
  return found.sort((a, b) => a.start - b.start);
}

/** Takes out every character that belongs to one of the known texts, however they overlap. */
export function withoutKnown(known: readonly string[]): TextRule {
  return (text) => {
    const found = occurrences(text, known);
    if (found.length === 0) return text;
    const kept: string[] = [];
    let end = 0;
    for (const range of found) {
      if (range.start > end || kept.length === 0) kept.push(text.slice(end, range.start));
      end = Math.max(end, range.end);
    }
    kept.push(text.slice(end));
    return kept.join(REDACTED);
  };
}
