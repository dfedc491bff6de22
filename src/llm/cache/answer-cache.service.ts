import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable, Logger } from '@nestjs/common';
import { currentSpan } from '../../common/tracing/in-span.js';
import { untilAborted } from '../../common/until-aborted.js';
import { newId } from '../../common/ids.js';
import { AppConfig } from '../../config/config.js';
import { CacheMetrics } from './cache-metrics.js';
import { CacheStore } from './cache-store.port.js';
import type { CachedAnswer, CacheResult, FoundAnswer } from './cached-answer.js';
import { Flights } from './flights.js';
import { MemoryCache } from './memory-cache.js';

const LOOK_AGAIN_MS = 100;
const WARN_EVERY_MS = 60_000;

export interface CacheOptions {
  readonly functionName: string;
  /** 0: neither kept nor shared. */
  readonly ttlSeconds: number;
  /** Ends the wait for somebody else's answer. */
  readonly signal: AbortSignal;
  /** How long another process may take to answer before this one asks too. */
  readonly leaseMs: number;
  /** Whether an error concerns only him who asked: those who shared his flight ask themselves. */
  isOwnMatter(error: unknown): boolean;
}

/** Answers of models that were given before, and one asking for all who want the same at the same time. */
@Injectable()
export class AnswerCache {
  private readonly logger = new Logger('AnswerCache');
  private readonly owner = newId();
  private readonly flights = new Flights<CachedAnswer | 'left'>();
  private warnedAt = -Infinity;

  constructor(
    private readonly memory: MemoryCache,
    private readonly store: CacheStore,
    private readonly metrics: CacheMetrics,
    private readonly config: AppConfig,
  ) {}

  /** How long answers of a function are kept: what it says of itself, else LLM_CACHE_TTL. */
  ttlSeconds(own: number | undefined): number {
    return own ?? this.config.llm.cacheTtlSeconds;
  }

  /**
   * The answer of this key: kept here, kept in the database, being asked for in this process, or `produce`d. What
   * `produce` fails with reaches those who share its flight; who leaves by the signal leaves alone. A database that is
   * away is a miss.
   */
  async through(
    key: string,
    options: CacheOptions,
    produce: () => Promise<CachedAnswer>,
  ): Promise<FoundAnswer> {
    if (options.ttlSeconds === 0) return this.count('miss', await produce());
    const known = await this.memory.get(key);
    if (known !== null) return this.count('l1', known);
    for (;;) {
      const flight = this.flights.find(key);
      if (flight === undefined) break;
      // `left`: it ended for a reason of his own, and somebody else has to ask.
      const shared = await untilAborted(flight, options.signal);
      if (shared !== 'left') return this.count('flight', shared);
    }
    let from: CacheResult = 'miss';
    const work = (async () => {
      const shared = await this.fromOthers(key, options);
      if (shared === null) return this.produce(key, options, produce);
      from = 'l2';
      return shared;
    })();
    // Whoever asks judges for those who share his flight: only he knows whether it failed for a reason of his own.
    const flight = this.flights.start(key, () => work.catch((error: unknown) => leftAlone(error, options)));
    await flight.catch(() => undefined);
    return this.count(from, await work);
  }

  private async produce(
    key: string,
    { functionName, ttlSeconds }: CacheOptions,
    produce: () => Promise<CachedAnswer>,
  ) {
    let isSaved = false;
    try {
      const produced = await produce();
      const { answer, interactionId } = produced;
      await this.memory.set(key, { answer, interactionId }, ttlSeconds * 1000);
      isSaved = await this.tolerate(() =>
        this.store.save(key, functionName, { answer, interactionId }, ttlSeconds),
      );
      return produced;
    } finally {
      if (!isSaved) await this.tolerate(() => this.store.release(key, this.owner));
    }
  }

  /** What another process kept or is finding out, waited for; null: this process has to ask. */
  private async fromOthers(key: string, { signal, leaseMs }: CacheOptions): Promise<CachedAnswer | null> {
    const until = performance.now() + leaseMs;
    while (performance.now() < until) {
      const shared = await this.store
        .findOrLease(key, this.owner, leaseMs)
        .catch((error: unknown) => this.warn(error));
      if (shared === undefined || shared.kind === 'leased') return null;
      if (shared.kind === 'answer') {
        await this.memory.set(key, shared.found, shared.ttlMs);
        return shared.found;
      }
      await sleep(LOOK_AGAIN_MS, undefined, { signal });
    }
    return null;
  }

  private async tolerate(work: () => Promise<void>): Promise<boolean> {
    try {
      await work();
      return true;
    } catch (error) {
      this.warn(error);
      return false;
    }
  }

  private warn(error: unknown): undefined {
    if (performance.now() - this.warnedAt < WARN_EVERY_MS) return;
    this.warnedAt = performance.now();
    this.logger.warn(`The shared cache of answers cannot be used now: ${(error as Error).message}`);
  }

  private count(from: CacheResult, { answer, interactionId }: CachedAnswer): FoundAnswer {
    this.metrics.count(from);
    currentSpan()?.setAttribute('tandem.cache.result', from);
    return { answer, interactionId, from };
  }
}

function leftAlone(error: unknown, { signal, isOwnMatter }: CacheOptions): 'left' {
  if (signal.aborted || isOwnMatter(error)) return 'left';
  throw error;
}
