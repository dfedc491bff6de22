/** Until when a call may take. */
export interface Deadline {
  /** Aborts then (its reason is a `TimeoutError`), or earlier. */
  readonly signal: AbortSignal;
  /** By `performance.now()`. */
  readonly deadlineMs: number;
}

/**
 * A deadline from now on. One plain signal instead of `AbortSignal.any` and `.timeout`: those cost a call more than all
 * its listeners. Call `stop` in the end.
 */
export class RunningDeadline implements Deadline {
  readonly deadlineMs: number;
  private readonly controller = new AbortController();
  private readonly timer: NodeJS.Timeout;
  private readonly onAbort = (): void => this.abort(this.earlier?.reason);

  constructor(
    timeoutSeconds: number,
    private readonly earlier?: AbortSignal,
  ) {
    const timeoutMs = timeoutSeconds * 1000;
    this.deadlineMs = performance.now() + timeoutMs;
    this.timer = setTimeout(
      () => this.abort(new DOMException('The deadline passed.', 'TimeoutError')),
      timeoutMs,
    );
    this.timer.unref();
    if (earlier?.aborted) this.onAbort();
    else earlier?.addEventListener('abort', this.onAbort, { once: true });
  }

  get signal(): AbortSignal {
    return this.controller.signal;
  }

  abort(reason: unknown): void {
    this.controller.abort(reason);
  }

  stop(): void {
    clearTimeout(this.timer);
    this.earlier?.removeEventListener('abort', this.onAbort);
  }
}
