/**
 * Every capability that covers a task type or pattern, the widest first:
 * `http.request` → `*`, `http.*`, `http.request`. What an index can look up instead of matching patterns.
 */
export function coveringCapabilities(capability: string): string[] {
  if (capability === '*') return ['*'];
  const segments = capability.split('.');
  const prefixes = segments.slice(1).map((_, index) => `${segments.slice(0, index + 1).join('.')}.*`);
  return [...new Set(['*', ...prefixes, capability])];
}
