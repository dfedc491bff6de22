import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';

/**
 * Where this process stands between start and end. Draining: it finishes what it has and takes nothing new. Whoever
 * holds work looks at `isDraining` or listens.
 */
@Injectable()
export class Lifecycle implements OnApplicationBootstrap {
  private started = false;
  private draining = false;
  private readonly listeners = new Set<() => void>();

  /** Every module has been set up. */
  get isStarted(): boolean {
    return this.started;
  }

  get isDraining(): boolean {
    return this.draining;
  }

  onApplicationBootstrap(): void {
    this.started = true;
  }

  /** Starts draining; a second call changes nothing. */
  drain(): void {
    if (this.draining) return;
    this.draining = true;
    for (const listener of this.listeners) listener();
  }

  /** Called once when draining starts; answers how to stop listening. */
  onDrain(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }
}
