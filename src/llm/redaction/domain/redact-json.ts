import type { JsonValue } from '../../../common/json.js';
import { REDACTED, type TextRule } from './redacted.js';
import { RedactionError } from './redaction-error.js';
import { saysSecret } from './secret-names.js';

/** As deep as anything that is stored may be. */
const MAX_DEPTH = 100;

const isPlain = (value: object): boolean => {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
};

/** A name that is free: two names that held secrets become `[redacted]` and `[redacted] (2)`. */
function freeName(taken: ReadonlyMap<string, unknown>, name: string): string {
  for (let count = 1; ; count++) {
    const candidate = count === 1 ? name : `${name} (${count})`;
    if (!taken.has(candidate)) return candidate;
  }
}

/** Numbers and texts of a secret member go; null, true and false tell nothing. */
const isTelling = (value: unknown): boolean => value !== null && typeof value !== 'boolean';

/**
 * The value with every text and name as the rule leaves it, and without the values of members whose name says secret.
 * Members that are `undefined` are left out, as in JSON; anything else that is no plain JSON is refused.
 */
export function redactJson(value: unknown, rule: TextRule, depth = 0): JsonValue {
  if (depth > MAX_DEPTH)
    throw new RedactionError('too_deep', `A value nested deeper than ${MAX_DEPTH} levels is not redacted.`);
  if (typeof value === 'string') return rule(value);
  if (value === null || typeof value === 'boolean') return value;
  if (typeof value === 'number') {
    const text = String(value);
    return rule(text) === text ? value : REDACTED;
  }
  if (Array.isArray(value)) return value.map((item) => redactJson(item, rule, depth + 1));
  if (typeof value !== 'object' || !isPlain(value))
    throw new RedactionError(
      'not_json',
      `A value of type ${typeof value} is not plain JSON and is not redacted.`,
    );
  const members = new Map<string, JsonValue>();
  for (const [name, member] of Object.entries(value)) {
    if (member === undefined) continue;
    const clean = rule(name);
    // What is taken out of a name may uncover a word.
    const hidden = isTelling(member) && (saysSecret(name) || saysSecret(clean));
    members.set(freeName(members, clean), hidden ? REDACTED : redactJson(member, rule, depth + 1));
  }
  return Object.fromEntries(members);
}
