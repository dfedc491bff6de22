import { setTimeout as sleep } from 'node:timers/promises';
import {
  type BeforeApplicationShutdown,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { Clock } from '../../common/clock.js';
import { AppConfig } from '../../config/config.js';
import { Periodic } from '../../common/periodic.js';
import { RetentionStore } from './retention-store.port.js';

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
/** Also how long after the start it looks first. */
const LOOK_MS = 60_000;
const PAUSE_MS = 200;

/** Removes runs that ended longer than `RETENTION_DAYS` ago, once an hour, in every process that executes runs. */
@Injectable()
export class Retention implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger('Retention');
  private readonly looks = new Periodic(
    LOOK_MS,
    () => this.look(),
    (error) => this.logger.warn(`Old runs stay for now: ${error.message}`),
  );
  private dueAt = 0;
  private stopped = false;

  constructor(
    private readonly config: AppConfig,
    private readonly clock: Clock,
    private readonly store: RetentionStore,
  ) {}

  onApplicationBootstrap(): void {
    if (this.config.role !== 'api' && this.config.retentionDays > 0) this.looks.start();
  }

  /** After the batch under way. */
  async beforeApplicationShutdown(): Promise<void> {
    this.stopped = true;
    await this.looks.stop();
  }

  /** Removes what is too old, batch by batch; ends early when another process is at it. Answers how many runs. */
  async removeOld(): Promise<number> {
    const { retentionDays } = this.config;
    if (retentionDays === 0) return 0;
    const before = new Date(this.clock.now().getTime() - retentionDays * DAY_MS);
    let removed = 0;
    while (!this.stopped) {
      const batch = await this.store.deleteSome(before);
      removed += batch ?? 0;
      if (batch === null || batch === 0) break;
      await sleep(PAUSE_MS);
    }
    return removed;
  }

  private async look(): Promise<void> {
    if (performance.now() < this.dueAt) return;
    this.dueAt = performance.now() + HOUR_MS;
    const removed = await this.removeOld();
    if (removed > 0)
      this.logger.log(`${removed} runs that ended over ${this.config.retentionDays} days ago were removed`);
  }
}
