import {
  type BeforeApplicationShutdown,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { isDatabaseAway } from '../../common/database-away.js';
import { AppConfig } from '../../config/config.js';
import { Periodic } from '../../common/periodic.js';
import { ScheduleFires } from './schedule-fires.service.js';
import { type DueSchedule, SchedulesStore } from './schedules.store.port.js';

const TICK_MS = 1_000;
const BATCH = 100;
/** Each takes a connection for a moment, and its input may be checked for seconds. */
const AT_ONCE = 4;

/** Fires what is due, once a second, in every process that executes runs. */
@Injectable()
export class ScheduleClock implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger('Schedules');
  private readonly ticks = new Periodic(
    TICK_MS,
    () => this.tick(),
    (error) => this.onAway(error),
  );
  private readonly firing = new Map<string, Promise<void>>();
  /** Schedules that this process has failed to handle; the log says why, the others go on. */
  private readonly givenUp = new Set<string>();
  private isAway = false;
  private stopped = false;

  constructor(
    private readonly config: AppConfig,
    private readonly store: SchedulesStore,
    private readonly fires: ScheduleFires,
  ) {}

  onApplicationBootstrap(): void {
    if (this.config.role !== 'api') this.ticks.start();
  }

  /** Fires that are under way come to their end, nothing new begins. */
  async beforeApplicationShutdown(): Promise<void> {
    this.stopped = true;
    await this.ticks.stop();
    await Promise.all(this.firing.values());
  }

  private async tick(): Promise<void> {
    for (let more = true; more && !this.stopped;) {
      const { schedules, now } = await this.store.findDue([...this.firing.keys(), ...this.givenUp], BATCH);
      this.onBack();
      for (const due of schedules) {
        while (this.firing.size >= AT_ONCE) await Promise.race(this.firing.values());
        if (this.stopped) return;
        this.firing.set(due.id, this.fire(due, now));
      }
      more = schedules.length === BATCH;
    }
  }

  private async fire(due: DueSchedule, now: Date): Promise<void> {
    try {
      await this.fires.fire(due, now);
    } catch (error) {
      if (isDatabaseAway(error)) return this.onAway(error as Error);
      this.logger.error(error);
      this.givenUp.add(due.id);
    } finally {
      this.firing.delete(due.id);
    }
  }

  private onAway(error: Error): void {
    if (!this.isAway) this.logger.warn(`No schedule fires until the database is back: ${error.message}`);
    this.isAway = true;
  }

  private onBack(): void {
    if (this.isAway) this.logger.log('Schedules fire again');
    this.isAway = false;
  }
}
