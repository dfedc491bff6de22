/** Runs `work` every `intervalMs`, one at a time, from `start` until `stop`; errors go to `onError`. */
export class Periodic {
  private timer: NodeJS.Timeout | null = null;
  private running: Promise<void> = Promise.resolve();
  private stopped = false;

  constructor(
    private readonly intervalMs: number,
    private readonly work: () => Promise<void>,
    private readonly onError: (error: Error) => void,
  ) {}

  /** `firstMs`: until it works for the first time. */
  start(firstMs: number = this.intervalMs): void {
    if (this.stopped) return;
    this.timer = setTimeout(() => {
      this.running = this.work()
        .catch((error: unknown) => this.onError(error as Error))
        .finally(() => this.start());
    }, firstMs);
  }

  /** Resolves when work that was under way has ended. */
  async stop(): Promise<void> {
    this.stopped = true;
    if (this.timer !== null) clearTimeout(this.timer);
    await this.running;
  }
}
