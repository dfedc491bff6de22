/**
 * The end of `work`, or the reason of `signal`, `graceMs` after it aborted: whoever heeds the signal has that long to say
 * how it ended, and whoever does not keeps nobody waiting. What the work does later stays handled.
 */
export async function untilAborted<T>(work: Promise<T>, signal: AbortSignal, graceMs = 0): Promise<T> {
  const { promise: over, reject } = Promise.withResolvers<never>();
  let timer: NodeJS.Timeout | undefined;
  const end = (): void => reject(signal.reason);
  const onAbort = (): void => {
    if (graceMs === 0) end();
    else timer = setTimeout(end, graceMs);
  };
  if (signal.aborted) onAbort();
  else signal.addEventListener('abort', onAbort, { once: true });
  try {
    return await Promise.race([work, over]);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', onAbort);
  }
}
