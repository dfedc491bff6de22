/** Attempts after the first one. */
export const MAX_RETRIES = 10;

const BASE_SECONDS = 3;
const JITTER = 0.2;

/**
 * Milliseconds between the end of the attempt that failed as the `failedAttempts`th and the next one: 3 s, 9 s, 27 s, …
 * to 16 h, a day in all, each up to a fifth shorter or longer so that receivers are not hit by all at once. null when
 * there is no next one. `random` is from 0 to 1.
 */
export function retryDelayMs(failedAttempts: number, random: number): number | null {
  if (failedAttempts > MAX_RETRIES) return null;
  return Math.round(1000 * BASE_SECONDS ** failedAttempts * (1 - JITTER + 2 * JITTER * random));
}
