import type { JsonValue } from '../../../../src/common/json.js';

/** One way in which what is answered now is not what was recorded. */
export interface Difference {
  /** Where, from `/status`, `/headers/…` or `/body/…` on; in a document from its root. */
  readonly pointer: string;
  readonly recorded: string;
  readonly now: string;
}

const LONGEST_SHOWN = 300;

export function shown(value: JsonValue | undefined): string {
  const text = value === undefined ? 'missing' : JSON.stringify(value);
  return text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN)}…` : text;
}

/** For the message of a failed test. */
export function readable(title: string, differences: readonly Difference[]): string {
  const lines = differences.map(
    ({ pointer, recorded, now }) => `  ${pointer}\n    recorded: ${recorded}\n    now:      ${now}`,
  );
  return [title, ...lines].join('\n');
}
