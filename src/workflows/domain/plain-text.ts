import type { JsonValue } from '../../common/json.js';

const OPEN = '{{';
/** A path that no input has, an array of so many elements being beyond any limit; its default is what is meant. */
const WRITTEN = '{{ run.input[999999999] ?? "{{" }}';

/** Text as a parameter that yields exactly this text, whatever braces it holds: none of it is a reference. */
export const asPlainText = (text: string): string =>
  text.includes(OPEN) ? text.split(OPEN).join(WRITTEN) : text;

/** The same for all text of a value; names of members are never references. */
export function plainTextIn(value: JsonValue): JsonValue {
  if (typeof value === 'string') return asPlainText(value);
  if (Array.isArray(value)) return value.map(plainTextIn);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, plainTextIn(each)]));
}
