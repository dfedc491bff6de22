import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrokenRule } from '../invariants.js';
import { Caller, type CallerSettings } from './caller.js';
import type { Ending, PlannedCall, StoreSettings } from './messages.js';

export const PROCESSES = 4;
const CALLS_EACH = 64;

/** Four processes that keep 64 calls each under way while there are calls; who is killed is replaced. */
export class Fleet {
  readonly broken: BrokenRule[] = [];
  /** A call that found no provider ends more than once. */
  endings: Ending[] = [];
  /** Calls whose process was killed under them. */
  killed: PlannedCall[] = [];
  kills = 0;
  /** Calls of which nobody knows whether they were admitted. */
  lost: string[] = [];
  private queue: PlannedCall[] = [];
  private callers: Caller[] = [];
  private starts: Promise<void>[] = [];
  private store: StoreSettings = { isNaive: false, lossChance: 0 };
  private drained: (() => void) | null = null;

  private constructor(
    private readonly settings: CallerSettings,
    private readonly cache: string,
  ) {}

  static async start(settings: Omit<CallerSettings, 'cache'>): Promise<Fleet> {
    const cache = mkdtempSync(join(tmpdir(), 'tandem-compiled-'));
    const fleet = new Fleet({ ...settings, cache }, cache);
    try {
      // The first one fills the cache of compiled sources.
      await fleet.add();
      await Promise.all(Array.from({ length: PROCESSES - 1 }, () => fleet.add()));
    } catch (error) {
      await fleet.close();
      throw error;
    }
    return fleet;
  }

  get living(): readonly Caller[] {
    return this.callers.filter(({ isAlive }) => isAlive);
  }

  use(store: StoreSettings): void {
    this.store = store;
    for (const caller of this.living) caller.use(store);
  }

  /** Resolves when all of them have ended, in one way or another, and every process is there again. */
  async ask(calls: readonly PlannedCall[]): Promise<void> {
    this.queue.push(...calls);
    const { promise, resolve } = Promise.withResolvers<void>();
    this.drained = resolve;
    for (const caller of this.living) this.feed(caller);
    await promise;
    this.drained = null;
    await Promise.all(this.starts);
    this.starts = [];
  }

  /** kill -9 of one process; another takes its place. */
  kill(victim: Caller): void {
    const lost = [...victim.underWay.values()];
    this.killed.push(...lost);
    this.kills += 1;
    void victim.kill();
    this.starts.push(this.add());
    this.lookWhetherDrained();
  }

  async close(): Promise<void> {
    await Promise.allSettled(this.starts);
    await Promise.all(this.living.map((caller) => caller.kill()));
    rmSync(this.cache, { recursive: true, force: true });
  }

  private async add(): Promise<void> {
    const caller = await Caller.start(this.settings);
    caller.use(this.store);
    caller.onEnding = (ending, call) => this.onEnding(caller, ending, call);
    caller.onLost = (taskIds) => void this.lost.push(...taskIds);
    caller.onDeath = (log) => {
      this.broken.push({ rule: 'no process dies unless it is killed', detail: log });
      this.killed.push(...caller.underWay.values());
      this.lookWhetherDrained();
    };
    this.callers = [...this.living, caller];
    this.feed(caller);
  }

  private feed(caller: Caller): void {
    while (caller.underWay.size < CALLS_EACH) {
      const call = this.queue.shift();
      if (call === undefined) break;
      caller.ask(call);
    }
    this.lookWhetherDrained();
  }

  private onEnding(caller: Caller, ending: Ending, call: PlannedCall): void {
    // Its breaker is open, or was half open: it asks again, or somebody else does.
    if (ending.reason === 'provider_unavailable') this.queue.push(call);
    this.endings.push(ending);
    this.feed(caller);
  }

  private lookWhetherDrained(): void {
    if (this.queue.length === 0 && this.living.every(({ underWay }) => underWay.size === 0)) this.drained?.();
  }
}
