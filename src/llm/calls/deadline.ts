/** Until when a call may take. */
export interface Deadline {
  /** Aborts then (its reason is a `TimeoutError`), or earlier with the signals it was made of. */
  readonly signal: AbortSignal;
  /** By `performance.now()`. */
  readonly deadlineMs: number;
}

/** A deadline from now on. */
export function deadlineIn(
  timeoutSeconds: number,
  ...signals: readonly (AbortSignal | undefined)[]
): Deadline {
  const timeoutMs = timeoutSeconds * 1000;
  const given = signals.filter((signal) => signal !== undefined);
  return {
    signal: AbortSignal.any([AbortSignal.timeout(timeoutMs), ...given]),
    deadlineMs: performance.now() + timeoutMs,
  };
}
