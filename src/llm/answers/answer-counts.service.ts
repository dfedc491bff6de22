import { setTimeout as sleep } from 'node:timers/promises';
import {
  type BeforeApplicationShutdown,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { Clock } from '../../common/clock.js';
import { isUuid } from '../../common/ids.js';
import { Periodic } from '../../common/periodic.js';
import { Ports } from '../../common/ports.js';
import type { CallContext } from '../budget/ledger.port.js';
import { type CountedAnswer, isCounted, sourceOf } from './counted-answer.js';
import { MODEL_USE } from '../model-use.port.js';
import { type AnswerCount, AnswerCountsStore } from './answer-counts-store.port.js';

const FLUSH_MS = 1_000;
const SHUTDOWN_WAIT_MS = 5_000;
const RETRY_MS = 200;
const HOUR_MS = 3_600_000;
/** Counts that wait; above, agents and workflows are told apart no more: sums stay right. */
const MAX_WAITING = 10_000;

/**
 * Counts how answers of functions came about, also those that cost nothing. Counts wait in memory for at most about a
 * second and are then added in one statement, again and again while the database is away; only a crash loses them.
 */
@Injectable()
export class AnswerCounts implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger('AnswerCounts');
  private readonly periodic = new Periodic(
    FLUSH_MS,
    () => this.flush(),
    (error) => this.report(error),
  );
  private readonly waiting = new Map<string, AnswerCount>();
  private flushing: Promise<void> = Promise.resolve();
  private isAway = false;

  constructor(
    private readonly store: AnswerCountsStore,
    private readonly ports: Ports,
    private readonly clock: Clock,
  ) {}

  onApplicationBootstrap(): void {
    this.periodic.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.periodic.stop();
    const until = performance.now() + SHUTDOWN_WAIT_MS;
    while (this.waiting.size > 0 && performance.now() < until)
      await this.flush().catch(() => sleep(RETRY_MS));
    if (this.waiting.size > 0) this.logger.error('Answers of the last seconds could not be counted.');
  }

  /** Does nothing where no model is wanted: a switch, the roll-out, the run or the level decided. */
  count(
    functionName: string,
    { agentId = null, workflowId = null }: Partial<Pick<CallContext, 'agentId' | 'workflowId'>>,
    { source, reason }: Pick<CountedAnswer, 'source' | 'reason'>,
  ): void {
    if (!isCounted({ reason })) return;
    const answer = { functionName, agentId, workflowId, source: sourceOf({ source, reason }), reason };
    this.ports.get(MODEL_USE).trackAnswer(answer);
    const hour = new Date(Math.floor(this.clock.now().getTime() / HOUR_MS) * HOUR_MS);
    this.add({ ...answer, agentId: knownId(agentId), workflowId: knownId(workflowId), hour, answers: 1 });
  }

  /** Stores what waits; where that fails, all of it goes on waiting. Fails when the database is away. */
  flush(): Promise<void> {
    this.flushing = this.flushing.catch(() => undefined).then(() => this.flushOnce());
    return this.flushing;
  }

  private async flushOnce(): Promise<void> {
    if (this.waiting.size === 0) return;
    const counts = [...this.waiting.values()];
    this.waiting.clear();
    try {
      await this.store.add(counts);
      this.isAway = false;
    } catch (error) {
      for (const count of counts) this.add(count);
      throw error;
    }
  }

  private add(count: AnswerCount): void {
    const own = keyOf(count);
    const isFull = this.waiting.size >= MAX_WAITING && !this.waiting.has(own);
    const kept = isFull ? { ...count, agentId: null, workflowId: null } : count;
    const key = isFull ? keyOf(kept) : own;
    const { answers = 0 } = this.waiting.get(key) ?? {};
    this.waiting.set(key, { ...kept, answers: answers + count.answers });
  }

  /** Once, until it works again. */
  private report(error: Error): void {
    if (!this.isAway) this.logger.warn(`Answers are counted later: ${error.message}`);
    this.isAway = true;
  }
}

/** An id that is none would keep all the others from being stored. */
const knownId = (id: string | null): string | null => (id !== null && isUuid(id) ? id : null);

const keyOf = ({ hour, functionName, agentId, workflowId, source, reason }: AnswerCount): string =>
  JSON.stringify([hour.getTime(), functionName, agentId, workflowId, source, reason]);
