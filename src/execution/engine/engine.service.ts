import { setTimeout as sleep } from 'node:timers/promises';
import {
  type BeforeApplicationShutdown,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { AppConfig } from '../../config/config.js';
import { SessionConnection } from '../../database/session-connection.js';
import { SIGNALS_CHANNEL } from '../adapters/channels.js';
import { Liveness } from './liveness.js';
import { Periodic } from '../../common/periodic.js';
import { RunWorker } from './run-worker.js';
import { TakeOver } from './take-over.js';

const CHECK_INTERVAL_MS = 500;
const SWEEP_INTERVAL_MS = 10_000;
const TOUCH_INTERVAL_MS = 3_000;
/** How long running attempts may take to end when the process is asked to stop. */
const DRAIN_GRACE_MS = 10_000;
const DRAIN_POLL_MS = 20;

/** Starts and stops the engine of this process. A process with the role `api` executes nothing. */
@Injectable()
export class Engine implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger('Engine');
  private readonly checks = this.every(CHECK_INTERVAL_MS, () => this.check());
  private readonly sweeps = this.every(SWEEP_INTERVAL_MS, () => this.sweep());
  private readonly touches = this.every(TOUCH_INTERVAL_MS, () => this.worker.touchJobs());
  private started = false;

  constructor(
    private readonly config: AppConfig,
    private readonly worker: RunWorker,
    private readonly liveness: Liveness,
    private readonly takeOver: TakeOver,
    private readonly session: SessionConnection,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.session.start();
    if (this.config.role === 'api') return;
    await this.session.listen(SIGNALS_CHANNEL, (runId) => void this.onSignal([runId]));
    this.session.onReconnect(() => void this.onSignal());
    await this.liveness.start((sure) => this.worker.allowStarts(sure && this.started));
    this.started = true;
    await this.worker.start();
    this.checks.start();
    this.sweeps.start();
    this.touches.start();
  }

  /** Drains: attempts that run may end, then every run is given back. */
  async beforeApplicationShutdown(): Promise<void> {
    if (!this.started) return;
    this.started = false;
    await this.worker.stopFetching();
    const deadline = Date.now() + DRAIN_GRACE_MS;
    while (this.worker.ownedRuns.some(({ isIdle }) => !isIdle) && Date.now() < deadline)
      await sleep(DRAIN_POLL_MS);
    await this.worker.releaseAll();
    await Promise.all([this.checks.stop(), this.sweeps.stop(), this.touches.stop()]);
    await this.liveness.stop();
  }

  private async check(): Promise<void> {
    await this.worker.check();
    if (this.started) await this.takeOver.inspect();
  }

  private async sweep(): Promise<void> {
    await this.takeOver.sweep();
    await this.worker.releaseUnheld();
  }

  private async onSignal(runIds?: readonly string[]): Promise<void> {
    try {
      await this.worker.readInbox(runIds);
    } catch (error) {
      this.logger.debug(`Signals are read with the next beat: ${(error as Error).message}`);
    }
  }

  private every(intervalMs: number, work: () => Promise<void>): Periodic {
    return new Periodic(intervalMs, work, (error) => this.logger.warn(error.message));
  }
}
