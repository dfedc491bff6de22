import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable, Logger } from '@nestjs/common';
import { AppConfig } from '../../config/config.js';
import type { ClaimedRun, OwnedRun, StoredSignal } from '../engine-store.port.js';
import { type RunJob, RunQueue } from '../run-queue.port.js';
import type { EngineContext } from './engine-context.js';
import { EngineMetrics } from './engine-metrics.js';
import { EngineResources } from './engine-resources.js';
import { persistently } from './persistently.js';
import { ProcessIdentity } from './process-identity.js';
import { type Departure, RunExecutor } from './run-executor.js';
import { Wakeable } from './wakeable.js';

/** Retried and postponed jobs announce themselves to nobody. */
const IDLE_POLL_MS = 400;
const ERROR_DELAY_MS = 500;
/** pg-boss ends a job 24 h after its fetch, however often it is touched. */
const ROTATE_AFTER_MS = 12 * 3_600_000;

/** Fetches runs while there are free slots and executes them; knows every run this process owns. */
@Injectable()
export class RunWorker {
  private readonly logger = new Logger('RunWorker');
  private readonly executors = new Map<string, RunExecutor>();
  private readonly heldSince = new Map<string, number>();
  private readonly bell = new Wakeable();
  private readonly settled: RunJob[] = [];
  private readonly context: EngineContext;
  /** With the epoch of the last look. */
  private unheld: ReadonlyMap<string, string> = new Map();
  private loop: Promise<void> = Promise.resolve();
  private fetching = false;
  private mayStart = true;

  constructor(
    private readonly config: AppConfig,
    private readonly queue: RunQueue,
    private readonly identity: ProcessIdentity,
    private readonly resources: EngineResources,
    metrics: EngineMetrics,
  ) {
    metrics.gauge('tandem_owned_runs', 'Runs this process executes now.', () => this.executors.size);
    metrics.gauge(
      'tandem_busy_task_slots',
      'Attempts this process executes now.',
      () => resources.slots.busy,
    );
    this.context = {
      ...resources,
      readInbox: (runIds) => this.readInbox(runIds),
      report: (message) => this.logger.warn(message),
    };
  }

  get ownedRuns(): readonly RunExecutor[] {
    return [...this.executors.values()];
  }

  async start(): Promise<void> {
    await this.queue.onAvailable(() => this.bell.ring());
    this.fetching = true;
    this.loop = this.fetchLoop();
  }

  /** Runs are claimed and attempts start only while this process may be sure that it still owns its runs. */
  allowStarts(allowed: boolean): void {
    this.mayStart = allowed;
    this.resources.slots.pause(!allowed);
  }

  /** Takes no more runs and starts no more attempts. */
  async stopFetching(): Promise<void> {
    this.fetching = false;
    this.resources.slots.pause(true);
    this.bell.ring();
    await this.loop;
  }

  /** Gives every run back: another process, or the next start, goes on with it. */
  async releaseAll(): Promise<void> {
    for (const executor of this.ownedRuns) {
      executor.abandon('released');
      await this.giveBack(executor, false);
    }
    await this.completeSettled();
    this.resources.checkpointer.close();
  }

  /** Signals of runs we own (by default all), and runs that are ours no more. */
  async readInbox(runIds: readonly string[] = [...this.executors.keys()]): Promise<void> {
    const executors = runIds.flatMap((runId) => this.executors.get(runId) ?? []);
    if (executors.length === 0) return;
    const owned = await this.resources.store.owned(
      this.identity.id,
      executors.map(({ runId }) => runId),
    );
    const byId = new Map(owned.map((run) => [run.runId, run]));
    for (const executor of executors) this.deliver(executor, byId.get(executor.runId));
  }

  /** Twice a second: signals nobody told us of, parks to try again, jobs to settle. */
  async check(): Promise<void> {
    await this.readInbox();
    for (const executor of this.ownedRuns) executor.scope.inRun(() => executor.retryParking());
    await this.completeSettled();
  }

  async touchJobs(): Promise<void> {
    await this.queue.touch(this.ownedRuns.map(({ job }) => job));
    const due = Date.now() - ROTATE_AFTER_MS;
    for (const executor of this.ownedRuns) {
      if ((this.heldSince.get(executor.runId) ?? Infinity) > due) continue;
      await this.resources.store.rotateJob(executor);
      this.settled.push(executor.job);
      this.heldSince.set(executor.runId, Date.now());
    }
  }

  /**
   * Every ten seconds: runs this process owns and does not execute, now as the last time, are given back. No other
   * process would take them from one that lives.
   */
  async releaseUnheld(): Promise<void> {
    const owned = await this.resources.store.ownedBy(this.identity.id);
    const unheld = owned.filter(({ runId }) => !this.executors.has(runId));
    const forgotten = unheld.filter(({ runId, epoch }) => this.unheld.get(runId) === epoch);
    this.unheld = new Map(unheld.map(({ runId, epoch }) => [runId, epoch]));
    for (const run of forgotten) {
      this.logger.warn(
        `Run ${run.runId} belongs to this process, which does not execute it: it is given back.`,
      );
      await this.resources.store.release(run, true);
    }
  }

  private deliver(executor: RunExecutor, owned: OwnedRun | undefined): void {
    if (this.executors.get(executor.runId) !== executor) return;
    if (owned === undefined || owned.epoch !== executor.epoch) return executor.abandon('lost');
    executor.scope.inRun(() => executor.applySignals(owned.signals));
  }

  private async fetchLoop(): Promise<void> {
    while (this.fetching) {
      try {
        const free = this.mayStart ? this.config.engine.runSlots - this.executors.size : 0;
        const jobs = free > 0 ? await this.queue.fetch(free) : [];
        if (jobs.length > 0) await this.claim(jobs);
        else await this.bell.wait(IDLE_POLL_MS);
      } catch (error) {
        this.logger.warn(`Runs cannot be fetched now: ${(error as Error).message}`);
        await sleep(ERROR_DELAY_MS);
      }
    }
  }

  /**
   * Asked again after a lost answer: nobody else may claim a run of a process that lives. What this process owns
   * without executing it is claimed once more.
   */
  private async claimWithSignals(jobs: readonly RunJob[]): Promise<{
    readonly runs: readonly ClaimedRun[];
    readonly signals: ReadonlyMap<string, readonly StoredSignal[]>;
  }> {
    const { store } = this.resources;
    const runs = await store.claim(this.identity.id, jobs, new Set(this.executors.keys()));
    const runIds = runs.map(({ runId }) => runId);
    const owned = await store.owned(this.identity.id, runIds);
    return { runs, signals: new Map(owned.map((run) => [run.runId, run.signals])) };
  }

  private async claim(jobs: readonly RunJob[]): Promise<void> {
    const { runs, signals } = await persistently(() => this.claimWithSignals(jobs), {
      givenUp: () => !this.fetching,
      report: (message) => this.logger.warn(message),
      what: `The claim of ${jobs.length} runs`,
    });
    this.resources.services.permits.learn(runs.flatMap(({ limitedAgents }) => limitedAgents));
    const claimed = new Set(runs.map(({ job }) => job.jobId));
    const stale = jobs.filter(({ jobId }) => !claimed.has(jobId));
    this.settled.push(...stale);
    for (const run of runs) {
      // An executor of an earlier epoch is a run this process lost without noticing yet.
      this.executors.get(run.runId)?.abandon('lost');
      const executor = new RunExecutor(run, this.context, (left, how) => this.onDeparture(left, how));
      this.executors.set(run.runId, executor);
      this.heldSince.set(run.runId, Date.now());
      executor.scope.inRun(() => executor.begin(signals.get(run.runId) ?? []));
    }
    if (stale.length > 0) await this.completeSettled();
  }

  /**
   * The job of a lost run is settled too: most often this process parked it and read its inbox before it heard so, and
   * a new owner has a job, or an attempt at it, of its own.
   */
  private onDeparture(executor: RunExecutor, how: Departure): void {
    if (this.executors.get(executor.runId) === executor) {
      this.executors.delete(executor.runId);
      this.heldSince.delete(executor.runId);
    }
    if (how === 'unstorable') void this.giveBack(executor, true);
    else if (how !== 'released') this.settled.push(executor.job);
    this.bell.ring();
    if (this.settled.length >= this.config.engine.runSlots) void this.completeSettled();
  }

  /** Its job is settled only when the run has a new one: if that fails, the old job comes back for lack of touches. */
  private async giveBack(executor: RunExecutor, fruitless: boolean): Promise<void> {
    try {
      await this.resources.store.release(executor, fruitless);
      this.settled.push(executor.job);
    } catch (error) {
      this.logger.warn(`Run ${executor.runId} could not be given back: ${(error as Error).message}`);
    }
  }

  /** Jobs whose run ended, parked or belongs to somebody else. Best effort: an unsettled job comes back as stale. */
  private async completeSettled(): Promise<void> {
    const jobs = this.settled.splice(0);
    await this.queue
      .complete(jobs)
      .catch((error: Error) => this.logger.debug(`Jobs stay open: ${error.message}`));
  }
}
