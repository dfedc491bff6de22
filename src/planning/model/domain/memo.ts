const MAX_KNOWN = 5_000;

/**
 * Pure memo of what the first characters of a text come to. What is kept is copied, so that no part of an answer keeps
 * the whole of it in memory.
 */
export function memo<T>(maxLength: number, make: (text: string) => T): (text: string) => T {
  const known = new Map<string, T>();
  return (whole) => {
    const text = whole.slice(0, maxLength);
    const found = known.get(text);
    if (found !== undefined) return found;
    const copy = [...text].join('');
    const made = make(copy);
    if (known.size >= MAX_KNOWN) known.clear();
    known.set(copy, made);
    return made;
  };
}
