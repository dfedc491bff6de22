import { Injectable, Logger } from '@nestjs/common';
import { newId } from '../../common/ids.js';
import { SessionConnection } from '../../database/session-connection.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { disown, FORGET, runsOfProcess, stillOwned, SUSPECTS } from '../adapters/processes.sql.js';
import { assignJobs, sweepRuns } from '../adapters/sweep.sql.js';
import { RunQueue, URGENT_PRIORITY } from '../run-queue.port.js';
import { ProcessIdentity } from './process-identity.js';

const LEASE_MS = 5_000;
const QUERY_TIMEOUT_MS = 2_000;
const PAGE = 500;

/** Brings back runs whose owner died, and runs that lost their job. Every replica with an engine does this. */
@Injectable()
export class TakeOver {
  private readonly logger = new Logger('TakeOver');
  /** After a reconnect others may have been cut off as well: nobody is judged for one lease. */
  private judgesFrom = 0;

  constructor(
    private readonly work: UnitOfWork,
    private readonly queue: RunQueue,
    private readonly session: SessionConnection,
    private readonly identity: ProcessIdentity,
  ) {
    this.session.onReconnect(() => (this.judgesFrom = performance.now() + LEASE_MS));
  }

  /** Looks for processes that died or were cut off and hands their runs to whoever fetches them first. */
  async inspect(): Promise<void> {
    if (performance.now() < this.judgesFrom) return;
    const suspects = await this.session.query<{ id: string }>(SUSPECTS, [this.identity.id], QUERY_TIMEOUT_MS);
    for (const { id } of suspects) await this.takeFrom(id);
  }

  /** Gives a job to every run that should have a live one and has none. */
  async sweep(): Promise<void> {
    const swept = await this.work.transactional(async () => {
      const runs = await this.work.query<{ id: string }>(sweepRuns(PAGE));
      await this.enqueue(runs, (jobs) => this.work.query(assignJobs(jobs)));
      return runs.length;
    });
    if (swept > 0) this.logger.warn(`${swept} runs had no live job and were queued again`);
  }

  private async takeFrom(processId: string): Promise<void> {
    let taken = 0;
    for (let page = PAGE; page === PAGE; taken += page) page = await this.takePage(processId);
    if (taken > 0) this.logger.warn(`Process ${processId} is gone; ${taken} of its runs go on elsewhere`);
    const [row] = await this.work.query<{ owned: boolean }>(stillOwned(processId));
    if (row?.owned === false) await this.work.query({ text: FORGET, values: [processId] });
  }

  private takePage(processId: string): Promise<number> {
    return this.work.transactional(async () => {
      const runs = await this.work.query<{ id: string }>(runsOfProcess(processId, PAGE));
      await this.enqueue(runs, (jobs) => this.work.query(disown(jobs)));
      return runs.length;
    });
  }

  private async enqueue(
    runs: readonly { readonly id: string }[],
    record: (jobs: readonly { readonly runId: string; readonly jobId: string }[]) => Promise<unknown>,
  ): Promise<void> {
    if (runs.length === 0) return;
    const jobs = runs.map(({ id }) => ({ runId: id, jobId: newId() }));
    await record(jobs);
    await this.queue.enqueue(jobs.map((job) => ({ ...job, priority: URGENT_PRIORITY })));
  }
}
