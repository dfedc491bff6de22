import { Inject, Injectable, Logger, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { fromKysely, PgBoss } from 'pg-boss';
import { DatabaseTarget } from '../../database/database-target.js';
import { SILENCE_LIMIT_MS } from '../../database/healthy-pool.js';
import { SessionConnection } from '../../database/session-connection.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { type NewRunJob, type RunJob, RunQueue } from '../run-queue.port.js';

const QUEUE = 'runs';
const CHANNEL = 'tandem_jobs';
const HEARTBEAT_SECONDS = 10;
const EXPIRE_SECONDS = 86_400;
/** History is ours: done jobs go soon. */
const DELETE_AFTER_SECONDS = 600;
const POOL_SIZE = 3;
/** pg-boss leaves no way to the connections of its pool, so a silent one is known by its statement. */
const POOL = { max: POOL_SIZE, query_timeout: SILENCE_LIMIT_MS };

/** The run queue on pg-boss 12: exact pin, its own small pool, few calls. */
@Injectable()
export class PgBossRunQueue extends RunQueue implements OnModuleInit, OnApplicationShutdown {
  private readonly logger = new Logger('RunQueue');
  private readonly boss: PgBoss;

  constructor(
    @Inject(DatabaseTarget) target: DatabaseTarget,
    private readonly work: UnitOfWork,
    private readonly session: SessionConnection,
  ) {
    super();
    this.boss = new PgBoss({
      connectionString: target.url,
      application_name: 'tandem-queue',
      ...POOL,
      schedule: false,
      superviseIntervalSeconds: 1,
      monitorIntervalSeconds: 1,
    });
    this.boss.on('error', (error) => this.logger.warn(`pg-boss: ${error.message}`));
    this.boss.on('warning', (warning) => this.logger.debug(`pg-boss: ${warning.message}`));
  }

  async onModuleInit(): Promise<void> {
    await this.boss.start();
    const options = {
      heartbeatSeconds: HEARTBEAT_SECONDS,
      retryLimit: 100,
      retryDelay: 0,
      expireInSeconds: EXPIRE_SECONDS,
      deleteAfterSeconds: DELETE_AFTER_SECONDS,
    };
    await this.boss.createQueue(QUEUE, options);
  }

  async onApplicationShutdown(): Promise<void> {
    await this.boss
      .stop({ graceful: false, close: true })
      .catch((error: Error) => this.logger.debug(error.message));
  }

  override async enqueue(jobs: readonly NewRunJob[]): Promise<void> {
    const db = fromKysely(this.work.executor);
    await this.boss.insert(
      QUEUE,
      jobs.map(({ jobId, runId, priority = 0, startAfter }) => ({
        id: jobId,
        data: { runId },
        priority,
        ...(startAfter === undefined ? {} : { startAfter }),
      })),
      { db },
    );
    if (jobs.some(({ startAfter }) => startAfter === undefined)) {
      await this.work.query({ text: `select pg_notify('${CHANNEL}', '')`, values: [] });
    }
  }

  override async fetch(limit: number): Promise<readonly RunJob[]> {
    const jobs = await this.boss.fetch<{ runId: string }>(QUEUE, { batchSize: limit });
    return jobs.map(({ id, retryCount, data }) => ({ jobId: id, attempt: retryCount, runId: data.runId }));
  }

  override async touch(jobs: readonly RunJob[]): Promise<void> {
    if (jobs.length > 0) await this.boss.touch(QUEUE, attemptsOf(jobs));
  }

  override async complete(jobs: readonly RunJob[]): Promise<void> {
    if (jobs.length > 0) await this.boss.complete(QUEUE, attemptsOf(jobs));
  }

  override async onAvailable(listener: () => void): Promise<void> {
    await this.session.listen(CHANNEL, listener);
    this.session.onReconnect(listener);
  }
}

const attemptsOf = (jobs: readonly RunJob[]): { id: string; retryCount: number }[] =>
  jobs.map(({ jobId, attempt }) => ({ id: jobId, retryCount: attempt }));
