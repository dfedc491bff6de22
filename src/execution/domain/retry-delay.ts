import type { TaskPlan } from './run-state.js';

const MAX_RETRY_AFTER_SECONDS = 3600;

/** 0 ≤ x < 1, the same for the same text (FNV-1a): jitter without randomness, so that a step stays a pure function. */
export function unitHash(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  // One round of murmur's finaliser: FNV alone leaves texts that differ in their last letter close together.
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  return ((hash ^ (hash >>> 13)) >>> 0) / 0x1_0000_0000;
}

/**
 * Milliseconds before the next attempt: exponential from `initialDelaySeconds`, capped at `maxDelaySeconds`, then
 * between half of it and all of it ("equal jitter", AWS Architecture Blog 2015). What the other side asked for
 * (`retryAfterSeconds`, at most an hour) is a floor.
 */
export function retryDelayMs(
  retry: TaskPlan['retry'],
  failedAttempts: number,
  jitterKey: string,
  retryAfterSeconds = 0,
): number {
  const exponential = retry.initialDelaySeconds * 2 ** Math.min(failedAttempts - 1, 30);
  const capped = Math.min(exponential, retry.maxDelaySeconds);
  const jittered = capped * (0.5 + 0.5 * unitHash(jitterKey));
  const asked = Number.isNaN(retryAfterSeconds) ? 0 : Math.min(retryAfterSeconds, MAX_RETRY_AFTER_SECONDS);
  return Math.round(1000 * Math.max(jittered, asked));
}
