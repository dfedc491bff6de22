const MAX_SHOWN_LENGTH = 40;

/** A message as a sentence: a capital first, a full stop last. */
export function sentence(text: string): string {
  const capital = text.charAt(0).toUpperCase() + text.slice(1);
  return /[.!?…]$/.test(capital) ? capital : `${capital}.`;
}

/** A value as a message shows it: short. Only where no secret is expected; see `shownUnlessText`. */
export function shown(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return value.length === 0 ? 'an empty array' : 'an array';
  if (typeof value === 'object') return 'an object';
  if (typeof value !== 'string') return String(value);
  const short =
    value.length <= MAX_SHOWN_LENGTH ? value : `${value.slice(0, MAX_SHOWN_LENGTH)}…`.toWellFormed();
  return JSON.stringify(short);
}

/** The same for a value that may be a secret, as any text may. */
export const shownUnlessText = (value: unknown): string =>
  typeof value === 'string' ? 'a string' : shown(value);
