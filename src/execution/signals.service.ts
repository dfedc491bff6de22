import { Injectable } from '@nestjs/common';
import type { JsonObject } from '../common/json.js';
import { NotFoundError } from '../common/tandem-error.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { isTerminalRun, type RunStatus } from './domain/status.js';
import { type LockedRun, RunsStore, type TaskRecord } from './runs-store.port.js';
import { runEnded, runNotPausable, runNotPaused, signalPending } from './runs.errors.js';

/** Signals of which a run takes one at a time: while one waits to be applied, the others are refused. */
const RUN_SIGNALS = ['cancel', 'pause', 'resume'];

/** What is asked of a run. */
interface RunAsk {
  readonly kind: string;
  readonly like: readonly string[];
  readonly payload: JsonObject;
  /** Throws where the run is not in the state for it. */
  check(status: RunStatus): void | Promise<void>;
}

/** What is asked of a task, decided under the lock of its run. */
export interface TaskAsk {
  readonly kind: string;
  /** The same was asked before when one of these waits to be applied. */
  readonly like: readonly string[];
  /** Once the run has ended it is kept on record, and changes nothing; else it is refused then. */
  readonly isKeptAfterEnd?: boolean;
  /** Throws where the task is not in the state for it; answers what the signal says. */
  payload(task: TaskRecord, run: LockedRun): JsonObject | Promise<JsonObject>;
}

/** What people and systems ask of runs. Accepted here, applied by the run's owner in its next checkpoint. */
@Injectable()
export class SignalsService {
  constructor(
    private readonly store: RunsStore,
    private readonly work: UnitOfWork,
  ) {}

  /** Holds from the commit of `run.cancelled`; an end committed earlier wins. */
  cancel(runId: string, by: string): Promise<void> {
    return this.askRun(runId, 'cancel', by, () => undefined);
  }

  /** Nothing new starts from the event `run.paused` on; running attempts end. */
  pause(runId: string, by: string): Promise<void> {
    return this.askRun(runId, 'pause', by, (status) => {
      if (status === 'paused' || status === 'compensating') throw runNotPausable(runId, status);
    });
  }

  resume(runId: string, by: string): Promise<void> {
    return this.askRun(runId, 'resume', by, (status) => {
      if (status !== 'paused') throw runNotPaused(runId, status);
    });
  }

  /** Asks something about one task; answers the id of its run. */
  askTask(taskId: string, ask: TaskAsk): Promise<string> {
    return this.work.transactional(async () => {
      const known = await this.store.findTask(taskId);
      if (known === null) throw new NotFoundError('task', taskId);
      const { runId } = known;
      const run = await this.lock(runId);
      // Read again: under the lock of its run nobody else changes what the task waits for.
      const task = (await this.store.findTask(taskId)) ?? known;
      const hasEnded = isTerminalRun(run.status);
      if (hasEnded && ask.isKeptAfterEnd !== true) throw runEnded(runId, run.status);
      const signal = { runId, kind: ask.kind, taskId, payload: await ask.payload(task, run) };
      if (hasEnded) {
        await this.store.keepSignal(signal);
        return runId;
      }
      await this.refusePending(runId, ask.like, taskId);
      await this.store.addSignals([{ ...signal, isOwned: run.isOwned }]);
      return runId;
    });
  }

  /** One at a time. `check` throws, under the lock of the run, where the change does not fit it. */
  adapt(runId: string, payload: JsonObject, check: () => Promise<void>): Promise<void> {
    return this.ask(runId, { kind: 'adapt', like: ['adapt'], payload, check });
  }

  private askRun(runId: string, kind: string, by: string, check: (status: RunStatus) => void): Promise<void> {
    const like = kind === 'cancel' ? ['cancel'] : RUN_SIGNALS;
    return this.ask(runId, { kind, like, payload: { by }, check });
  }

  private async ask(runId: string, { kind, like, payload, check }: RunAsk): Promise<void> {
    await this.work.transactional(async () => {
      const { status, isOwned } = await this.lock(runId);
      if (isTerminalRun(status)) throw runEnded(runId, status);
      await this.refusePending(runId, like, null);
      await check(status);
      await this.store.addSignals([{ runId, kind, taskId: null, payload, isOwned }]);
    });
  }

  /** Fails as `signal_pending` where such a signal waits to be applied. */
  async refusePending(runId: string, like: readonly string[], taskId: string | null): Promise<void> {
    const pending = (await this.store.withPendingSignal([runId], like, taskId)).get(runId);
    if (pending !== undefined) throw signalPending(pending);
  }

  private async lock(runId: string): Promise<LockedRun> {
    const run = await this.store.lockRun(runId);
    if (run === null) throw new NotFoundError('run', runId);
    return run;
  }
}
