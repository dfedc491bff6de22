import { setTimeout as sleep } from 'node:timers/promises';
import { type BeforeApplicationShutdown, Injectable, Logger } from '@nestjs/common';
import { GroupCommit } from '../../common/group-commit.js';
import { AppConfig } from '../../config/config.js';
import type { Verdict } from './domain/admit.js';
import type { Budget, DefaultLimits, Scope } from './domain/budget.js';
import { LedgerStore, type Reservation, type Settlement } from './ledger.port.js';

const MAX_RESERVATIONS = 256;
const MAX_SETTLEMENTS = 128;
const RETRY_DELAY_MS = 200;
/** How long anybody waits for bookings; the database is away when they take longer. */
const BOOKED_WAIT_MS = 500;
const SHUTDOWN_WAIT_MS = 5_000;
/** A million dollars: a provider can say any number of tokens, and sums have to fit a bigint. */
const MAX_COST_NANO_USD = 1_000_000_000_000_000n;
/** Classes of SQLSTATE that a repetition does not change: what was given cannot be stored. */
const REFUSED = /^2[23]/;

/** What a call needs of the budgets: admission before it goes out, booking when it has ended. Both in groups. */
@Injectable()
export class Ledger implements BeforeApplicationShutdown {
  private readonly logger = new Logger('Ledger');
  private readonly reservations: GroupCommit<Reservation, Verdict>;
  private readonly settlements: GroupCommit<Settlement, undefined>;
  private lastBooking: Promise<unknown> = Promise.resolve();
  private stopping = false;

  constructor(
    private readonly store: LedgerStore,
    config: AppConfig,
  ) {
    const defaults: DefaultLimits = {
      total: config.llm.totalLimitNanoUsd,
      workflow: config.llm.workflowLimitNanoUsd,
    };
    this.reservations = new GroupCommit((calls) => this.admit(calls, defaults), MAX_RESERVATIONS);
    this.settlements = new GroupCommit((batch) => this.book(batch), MAX_SETTLEMENTS);
  }

  /** Committed when it answers: the call may go out if it was admitted. Fails while the database is away. */
  reserve(call: Reservation): Promise<Verdict> {
    return this.reservations.add(call);
  }

  /**
   * Has the end of a call booked, soon, or however long the database is away; nobody waits for it. What a crash loses
   * the reaper charges in full.
   */
  settle(settlement: Settlement): void {
    const cost = settlement.cost > MAX_COST_NANO_USD ? MAX_COST_NANO_USD : settlement.cost;
    this.lastBooking = this.settlements.add({ ...settlement, cost }).catch((error: unknown) => {
      this.logger.error(
        `The model call ${settlement.id} cannot be booked any more, so it will be charged in full: ${(error as Error).message}`,
      );
    });
  }

  /** Whether a call of the task with this id went out, or was about to. */
  wasMade(taskId: string, callId: string): Promise<boolean> {
    return this.store.wasMade(taskId, callId);
  }

  /** Budgets after the bookings of this process; scopes without one are missing. */
  async find(scopes: readonly Scope[]): Promise<readonly Budget[]> {
    await this.booked();
    return this.store.find(scopes);
  }

  /** The same, one page: see `LedgerStore`. */
  async list(after: string | null, limit: number): Promise<readonly Budget[]> {
    await this.booked();
    return this.store.list(after, limit);
  }

  async setLimit(scope: Scope, limit: bigint | null): Promise<Budget> {
    await this.booked();
    return this.store.setLimit(scope, limit);
  }

  /** When all calls that have ended in this process are booked, or after half a second: what reads the books waits for it. */
  async booked(): Promise<void> {
    if (!this.settlements.isIdle) await withinMs(BOOKED_WAIT_MS, this.lastBooking);
  }

  async beforeApplicationShutdown(): Promise<void> {
    await withinMs(SHUTDOWN_WAIT_MS, this.settlements.idle());
    this.stopping = true;
  }

  /** Nobody is refused for what calls hold that have ended: they are booked, and those who did not fit ask again. */
  private async admit(calls: readonly Reservation[], defaults: DefaultLimits): Promise<readonly Verdict[]> {
    if (this.settlements.isIdle) return this.store.reserve(calls, defaults);
    const verdicts = await this.store.reserve(calls, defaults, false);
    const refused = calls.filter((_, index) => verdicts[index]?.admitted === false);
    if (refused.length === 0) return verdicts;
    await this.booked();
    // Where that fails the first answer holds: the others of the group are admitted, and committed.
    const again = await this.store.reserve(refused, defaults).catch(() => null);
    const second = again?.values();
    return verdicts.map((verdict) => (verdict.admitted ? verdict : (second?.next().value ?? verdict)));
  }

  private async book(batch: readonly Settlement[]): Promise<readonly undefined[]> {
    for (;;) {
      try {
        const { overrun } = await this.store.settle(batch);
        if (overrun.length > 0)
          this.logger.error(
            `A model call cost more than its upper bound: the budgets ${overrun.join(', ')} are closed until somebody sets their limit.`,
          );
        return batch.map(() => undefined);
      } catch (error) {
        if (isRefused(error)) return this.bookApart(batch, error);
        if (this.stopping) throw error;
        this.logger.warn(`${batch.length} model calls are booked later: ${(error as Error).message}`);
        await sleep(RETRY_DELAY_MS);
      }
    }
  }

  /** One that cannot be stored must not hold up the others. */
  private async bookApart(batch: readonly Settlement[], error: Error): Promise<readonly undefined[]> {
    const [first] = batch;
    if (batch.length > 1) for (const settlement of batch) await this.book([settlement]);
    else
      this.logger.error(
        `The model call ${first?.id} cannot be booked as it ended, so it will be charged in full: ${error.message}`,
      );
    return batch.map(() => undefined);
  }
}

/** Waits for the end of some work, no longer than that; the work goes on. */
async function withinMs(limitMs: number, work: Promise<unknown>): Promise<void> {
  const { promise: over, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, limitMs);
  try {
    await Promise.race([work, over]);
  } finally {
    clearTimeout(timer);
  }
}

const isRefused = (error: unknown): error is Error =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' && REFUSED.test(error.code);
