import { setTimeout as sleep } from 'node:timers/promises';
import { type BeforeApplicationShutdown, Injectable, Logger } from '@nestjs/common';
import { GroupCommit } from '../../common/group-commit.js';
import { AppConfig } from '../../config/config.js';
import type { Verdict } from './domain/admit.js';
import type { DefaultLimits } from './domain/budget.js';
import { LedgerStore, type Reservation, type Settlement } from './ledger.port.js';

const MAX_RESERVATIONS = 256;
const MAX_SETTLEMENTS = 128;
const RETRY_DELAY_MS = 200;
/** How long a caller waits for the booking of what it has already been answered. */
const SETTLE_WAIT_MS = 500;
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
  private stopping = false;

  constructor(
    private readonly store: LedgerStore,
    config: AppConfig,
  ) {
    const defaults: DefaultLimits = {
      total: config.llm.totalLimitNanoUsd,
      workflow: config.llm.workflowLimitNanoUsd,
    };
    this.reservations = new GroupCommit((calls) => store.reserve(calls, defaults), MAX_RESERVATIONS);
    this.settlements = new GroupCommit((batch) => this.book(batch), MAX_SETTLEMENTS);
  }

  /** Committed when it answers: the call may go out if it was admitted. Fails while the database is away. */
  reserve(call: Reservation): Promise<Verdict> {
    return this.reservations.add(call);
  }

  /**
   * Books the end of a call, however long the database is away. Resolves when that is done, or after half a second while
   * it goes on; what a crash loses the reaper charges in full.
   */
  async settle(settlement: Settlement): Promise<void> {
    const cost = settlement.cost > MAX_COST_NANO_USD ? MAX_COST_NANO_USD : settlement.cost;
    const added = this.settlements.add({ ...settlement, cost }).catch((error: unknown) => {
      this.logger.error(
        `The model call ${settlement.id} cannot be booked any more, so it will be charged in full: ${(error as Error).message}`,
      );
    });
    await withinMs(SETTLE_WAIT_MS, added);
  }

  async beforeApplicationShutdown(): Promise<void> {
    await withinMs(SHUTDOWN_WAIT_MS, this.settlements.idle());
    this.stopping = true;
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
