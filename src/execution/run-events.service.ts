import { Injectable } from '@nestjs/common';
import { NotFoundError } from '../common/tandem-error.js';
import type { EventSource } from './event-stream.js';
import { isTerminalRun } from './domain/status.js';
import { RunWatcher } from './run-watcher.js';
import { RunsStore } from './runs-store.port.js';

/** Where the events of runs come from, as readers follow them. */
@Injectable()
export class RunEventsService {
  constructor(
    private readonly store: RunsStore,
    private readonly watcher: RunWatcher,
  ) {}

  /** The events of a run; null when it has ended and has none after that number. Fails as `run_not_found`. */
  async sourceAfter(runId: string, after: number): Promise<EventSource | null> {
    const run = await this.store.findRun(runId);
    if (run === null) throw new NotFoundError('run', runId);
    if (isTerminalRun(run.status) && after >= run.eventCount) return null;
    return {
      read: (from, limit) => this.store.listEvents(runId, from, limit),
      nextChange: (timeoutMs) => this.watcher.nextChange(runId, timeoutMs),
      isDraining: () => this.watcher.isDraining,
    };
  }
}
