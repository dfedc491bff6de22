import { Injectable } from '@nestjs/common';
import type { JsonValue } from '../common/json.js';
import { NotFoundError } from '../common/tandem-error.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { isTerminalRun } from './domain/status.js';
import { RunsStore } from './runs-store.port.js';
import { runEnded, signalPending, taskNotWaiting } from './runs.errors.js';
import type { Decision } from './runs.schemas.js';

/** What people and systems ask of runs. Accepted here, applied by the run's owner in its next checkpoint. */
@Injectable()
export class SignalsService {
  constructor(
    private readonly store: RunsStore,
    private readonly work: UnitOfWork,
  ) {}

  /** Holds from the commit of `run.cancelled`; an end committed earlier wins. Answers the run's id. */
  async cancel(runId: string, by: string): Promise<void> {
    await this.work.transactional(async () => {
      const isOwned = await this.lock(runId);
      if (await this.store.hasPendingSignal(runId, ['cancel'], null)) throw signalPending('cancel');
      await this.store.addSignal({ runId, kind: 'cancel', taskId: null, payload: { by } }, isOwned);
    });
  }

  /** Decides an approval; answers the id of its run. */
  decide(
    taskId: string,
    kind: 'approve' | 'reject',
    decision: Decision & { readonly by: string },
  ): Promise<string> {
    return this.work.transactional(async () => {
      const task = await this.store.findTask(taskId);
      if (task === null) throw new NotFoundError('task', taskId);
      const { runId } = task;
      const isOwned = await this.lock(runId);
      // Read again: under the lock of its run nobody else changes what the task waits for.
      const now = (await this.store.findTask(taskId)) ?? task;
      if (now.status !== 'waiting' || now.waitingFor !== 'person') throw taskNotWaiting(taskId, now.status);
      if (await this.store.hasPendingSignal(runId, ['approve', 'reject'], taskId))
        throw signalPending('a decision');
      const payload: JsonValue = { by: decision.by, comment: decision.comment ?? null };
      await this.store.addSignal({ runId, kind, taskId, payload }, isOwned);
      return runId;
    });
  }

  private async lock(runId: string): Promise<boolean> {
    const run = await this.store.lockRun(runId);
    if (run === null) throw new NotFoundError('run', runId);
    if (isTerminalRun(run.status)) throw runEnded(runId, run.status);
    return run.isOwned;
  }
}
