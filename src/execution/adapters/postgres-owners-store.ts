import { Injectable } from '@nestjs/common';
import { newId } from '../../common/ids.js';
import { SessionConnection } from '../../database/session-connection.js';
import { type Statement, UnitOfWork } from '../../database/unit-of-work.js';
import { type Owner, OwnersStore } from '../owners-store.port.js';
import { RunQueue, URGENT_PRIORITY } from '../run-queue.port.js';
import { BEAT, disown, FORGET, FORGET_IF_IDLE, runsOfProcess, SUSPECTS } from './processes.sql.js';
import { assignJobs, sweepRuns } from './sweep.sql.js';

const QUERY_TIMEOUT_MS = 2_000;

type NewJobs = readonly { readonly runId: string; readonly jobId: string }[];

/** Beats go over the connection that holds the advisory lock of this process: both are lost together. */
@Injectable()
export class PostgresOwnersStore extends OwnersStore {
  constructor(
    private readonly work: UnitOfWork,
    private readonly session: SessionConnection,
    private readonly queue: RunQueue,
  ) {
    super();
  }

  override async beat({ id, host, pid }: Owner): Promise<void> {
    await this.session.query(BEAT, [id, this.session.lockKey.toString(), host, pid], QUERY_TIMEOUT_MS);
  }

  override async leave(ownerId: string): Promise<void> {
    await this.session.query(FORGET, [ownerId], QUERY_TIMEOUT_MS);
  }

  override async findSuspects(ownerId: string): Promise<readonly string[]> {
    const rows = await this.session.query<{ id: string }>(SUSPECTS, [ownerId], QUERY_TIMEOUT_MS);
    return rows.map(({ id }) => id);
  }

  override disown(ownerId: string, limit: number): Promise<number> {
    return this.requeue(runsOfProcess(ownerId, limit), disown);
  }

  override async forgetIfIdle(ownerId: string): Promise<void> {
    await this.work.query({ text: FORGET_IF_IDLE, values: [ownerId] });
  }

  override sweep(limit: number): Promise<number> {
    return this.requeue(sweepRuns(limit), assignJobs);
  }

  /** Locks runs and replaces their jobs by urgent ones, in one transaction. */
  private requeue(select: Statement, record: (jobs: NewJobs) => Statement): Promise<number> {
    return this.work.transactional(async () => {
      const runs = await this.work.query<{ id: string }>(select);
      if (runs.length === 0) return 0;
      const jobs = runs.map(({ id }) => ({ runId: id, jobId: newId() }));
      await this.work.query(record(jobs));
      await this.queue.enqueue(jobs.map((job) => ({ ...job, priority: URGENT_PRIORITY })));
      return runs.length;
    });
  }
}
