import type { TextRule } from './redacted.js';
import { RedactionError } from './redaction-error.js';

/** What is taken out may uncover something once or twice; more is a rule that meets its own mark. */
const MAX_ROUNDS = 6;

/**
 * Applies the rules until none of them finds anything, which makes the result its own redaction: a second time changes
 * nothing, and no rule has anything left to take out.
 */
export function untilClean(rules: readonly TextRule[]): TextRule {
  return (text) => {
    let current = text;
    for (let round = 0; round < MAX_ROUNDS; round++) {
      const next = rules.reduce((rest, rule) => rule(rest), current);
      if (next === current) return current;
      current = next;
    }
    throw new RedactionError(
      'unending',
      `A text still held a secret after ${MAX_ROUNDS} rounds of redaction.`,
    );
  };
}
