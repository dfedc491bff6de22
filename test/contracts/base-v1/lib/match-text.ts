import type { JsonValue } from '../../../../src/common/json.js';

const UUID = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}';
const PATTERNS: Readonly<Record<string, string>> = {
  uuid: UUID,
  request: UUID,
  etag: '"[^"]+"',
  time: '\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(?:\\.\\d+)?Z',
  cursor: '.+',
};
const TOKEN = /<(uuid|request|etag|time|cursor)(?::\d+)?>/g;

const KINDS: Readonly<Record<string, (now: JsonValue) => boolean>> = {
  '<number>': (now) => typeof now === 'number',
  '<text>': (now) => typeof now === 'string' && now !== '',
  '<boolean>': (now) => typeof now === 'boolean',
  '<list>': (now) => Array.isArray(now),
  '<anything>': () => true,
};

/** Which value each name of the recordings stands for now: always the same, and never two names for one value. */
export class Bindings {
  private readonly values = new Map<string, string>();
  private readonly names = new Map<string, string>();

  bind(name: string, value: string): boolean {
    const [bound, named] = [this.values.get(name), this.names.get(value)];
    if (bound === undefined && named === undefined) {
      this.values.set(name, value);
      this.names.set(value, name);
      return true;
    }
    return bound === value && named === name;
  }
}

/** Whether a value is what a recorded text stands for: `<number>`, `<time>`, `/api/v1/agents/<uuid:3>`, or itself. */
export function matchesText(recorded: string, now: JsonValue, bindings: Bindings): boolean {
  const kind = KINDS[recorded];
  if (kind !== undefined) return kind(now);
  if (typeof now !== 'string') return false;
  const long = /^<text of (\d+) characters>$/.exec(recorded);
  if (long !== null) return now.length === Number(long[1]);
  const tokens = [...recorded.matchAll(TOKEN)];
  const literals = recorded.split(TOKEN).filter((_, i) => i % 2 === 0);
  const source = literals
    .map((literal, i) => escape(literal) + (i < tokens.length ? group(tokens[i]?.[1]) : ''))
    .join('');
  const found = new RegExp(`^${source}$`, 's').exec(now);
  if (found === null) return false;
  return tokens.every(([name], i) => !name.includes(':') || bindings.bind(name, found[i + 1] ?? ''));
}

const escape = (literal: string): string => literal.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
const group = (kind = ''): string => `(${PATTERNS[kind] ?? ''})`;
