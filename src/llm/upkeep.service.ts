import {
  type BeforeApplicationShutdown,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { Clock } from '../common/clock.js';
import { Periodic } from '../common/periodic.js';
import { AppConfig } from '../config/config.js';
import { AnswerCountsStore } from './answers/answer-counts-store.port.js';
import { LedgerStore } from './budget/ledger.port.js';
import { CacheStore } from './cache/cache-store.port.js';
import { InteractionsStore } from './interactions/interactions-store.port.js';
import { ProviderRegistry } from './providers/provider.registry.js';

const LOOK_MS = 5_000;
/** Every how many looks old answers and old records are removed. */
const SWEEP_EVERY = 12;
/** Every how many looks it looks at all where no provider is configured. */
const IDLE_EVERY = 720;
const BATCH = 200;
const DAY_MS = 86_400_000;

/** What `Upkeep` looks after. */
@Injectable()
export class UpkeepStores {
  constructor(
    readonly ledger: LedgerStore,
    readonly cache: CacheStore,
    readonly interactions: InteractionsStore,
    readonly counts: AnswerCountsStore,
  ) {}
}

/**
 * Charges in full the calls whose process ended, or lost the database, before it booked them; removes answers whose
 * time is over, and records and counts older than RETENTION_DAYS. Where no provider is configured it looks once an hour: what was
 * asked before is still to be booked and removed.
 */
@Injectable()
export class Upkeep implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger('Upkeep');
  private readonly periodic = new Periodic(
    LOOK_MS,
    () => this.look(),
    (error) => this.logger.warn(`Lost model calls and old records are looked after later: ${error.message}`),
  );
  private looks = 0;

  constructor(
    private readonly stores: UpkeepStores,
    private readonly providers: ProviderRegistry,
    private readonly config: AppConfig,
    private readonly clock: Clock,
  ) {}

  onApplicationBootstrap(): void {
    this.periodic.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.periodic.stop();
  }

  /** Answers how many calls were charged in full. */
  async reap(): Promise<number> {
    const charged = await drained((limit) => this.stores.ledger.expire(limit));
    if (charged > 0) this.logger.warn(`${charged} model calls that nobody settled were charged in full`);
    return charged;
  }

  /** Removes what is kept for no longer; answers how many answers and records. */
  async sweep(): Promise<{ readonly answers: number; readonly records: number }> {
    const answers = await drained((limit) => this.stores.cache.deleteExpired(limit));
    const { retentionDays } = this.config;
    if (retentionDays === 0) return { answers, records: 0 };
    const before = new Date(this.clock.now().getTime() - retentionDays * DAY_MS);
    const records = await drained(
      async (limit) => (await this.stores.interactions.deleteSome(before, limit)) ?? 0,
    );
    await drained((limit) => this.stores.counts.deleteSome(before, limit));
    return { answers, records };
  }

  private async look(): Promise<void> {
    const look = this.looks;
    this.looks += 1;
    if (!this.providers.isAnyAvailable && look % IDLE_EVERY !== 0) return;
    await this.reap();
    if (look % SWEEP_EVERY === 0) await this.sweep();
  }
}

/** Repeats a batch until one is not full; answers the sum. */
async function drained(batch: (limit: number) => Promise<number>): Promise<number> {
  let sum = 0;
  for (;;) {
    const some = await batch(BATCH);
    sum += some;
    if (some < BATCH) return sum;
  }
}
