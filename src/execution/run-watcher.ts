import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { Lifecycle } from '../common/lifecycle.js';
import { SessionConnection } from '../database/session-connection.js';
import { RUNS_CHANNEL } from './adapters/channels.js';
import { RunsStore } from './runs-store.port.js';
import { isTerminalRun } from './domain/status.js';

type Listener = () => void;

/** Notifications can be lost: whoever waits looks again after this long. */
const POLL_MS = 1_000;

/** Tells those who wait in this process when runs change, whichever process changed them. */
@Injectable()
export class RunWatcher implements OnApplicationBootstrap {
  private readonly listeners = new Map<string, Set<Listener>>();

  constructor(
    private readonly session: SessionConnection,
    private readonly store: RunsStore,
    private readonly lifecycle: Lifecycle,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.session.start();
    await this.session.listen(RUNS_CHANNEL, (payload) => this.notify(payload));
    this.session.onReconnect(() => this.notify('*'));
    this.lifecycle.onDrain(() => this.notify('*'));
  }

  get isDraining(): boolean {
    return this.lifecycle.isDraining;
  }

  /** Calls back when the run may have changed; answers how to stop. */
  watch(runId: string, listener: Listener): () => void {
    const known = this.listeners.get(runId) ?? new Set();
    known.add(listener);
    this.listeners.set(runId, known);
    return () => {
      known.delete(listener);
      if (known.size === 0 && this.listeners.get(runId) === known) this.listeners.delete(runId);
    };
  }

  /** Resolves when the run may have changed, or after `timeoutMs`, at most a second. */
  nextChange(
    runId: string,
    timeoutMs: number,
  ): { readonly promise: Promise<void>; readonly cancel: () => void } {
    let finish: Listener = () => undefined;
    const promise = new Promise<void>((resolve) => {
      const timer = setTimeout(() => finish(), Math.min(timeoutMs, POLL_MS));
      const stop = this.watch(runId, () => finish());
      finish = () => {
        clearTimeout(timer);
        stop();
        resolve();
      };
    });
    return { promise, cancel: () => finish() };
  }

  /** True when the run has ended within `timeoutMs`; false also when this process drains. */
  async hasEndedWithin(runId: string, timeoutMs: number): Promise<boolean> {
    const deadline = performance.now() + timeoutMs;
    for (;;) {
      // Watch before reading: a change in between is not missed.
      const change = this.nextChange(runId, Math.max(deadline - performance.now(), 0));
      try {
        const run = await this.store.findRun(runId);
        const hasEnded = run !== null && isTerminalRun(run.status);
        if (hasEnded || run === null || this.isDraining || performance.now() >= deadline) return hasEnded;
        await change.promise;
      } finally {
        change.cancel();
      }
    }
  }

  private notify(payload: string): void {
    const named = payload === '*' ? [...this.listeners.keys()] : payload.split(',');
    for (const runId of named) for (const listener of [...(this.listeners.get(runId) ?? [])]) listener();
  }
}
