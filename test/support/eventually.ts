import { setTimeout as sleep } from 'node:timers/promises';

const FIRST_DELAY_MS = 5;
const LONGEST_DELAY_MS = 50;

/**
 * Looks until `look` answers something other than undefined, null or false, or until it stops throwing; fails with its
 * last answer or error when that does not happen in time.
 */
export async function eventually<T>(
  look: () => T | Promise<T>,
  { withinMs = 10_000, what = 'It' }: { readonly withinMs?: number; readonly what?: string } = {},
): Promise<NonNullable<T>> {
  const deadline = performance.now() + withinMs;
  for (let delay = FIRST_DELAY_MS; ; delay = Math.min(2 * delay, LONGEST_DELAY_MS)) {
    let last: unknown;
    try {
      const answer = await look();
      if (answer !== undefined && answer !== null && answer !== false) return answer as NonNullable<T>;
      last = answer;
    } catch (error) {
      last = error;
    }
    if (performance.now() > deadline) {
      if (last instanceof Error) throw last;
      throw new Error(`${what} did not happen within ${withinMs} ms; last seen: ${String(last)}`);
    }
    await sleep(delay);
  }
}
