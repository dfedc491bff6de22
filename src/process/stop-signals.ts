const STOP_SIGNALS = ['SIGTERM', 'SIGINT', 'SIGHUP'] as const;

/** A terminal sends Ctrl-C to every process of the command and npm passes it on: all of it is one request. */
const SAME_REQUEST_MS = 500;

/** Calls `first` when the process is asked to stop, and `again` when it is asked once more. */
export function onStopSignals(first: () => void, again: () => void): void {
  let askedAt: number | null = null;
  const ask = (): void => {
    const now = performance.now();
    if (askedAt === null) {
      askedAt = now;
      first();
    } else if (now - askedAt > SAME_REQUEST_MS) {
      again();
    }
  };
  for (const signal of STOP_SIGNALS) process.on(signal, ask);
  // Whoever started this process to talk to it is gone.
  if (process.connected) process.on('disconnect', ask);
}
