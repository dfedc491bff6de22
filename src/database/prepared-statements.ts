import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import pg from 'pg';
import { DatabaseTarget } from './database-target.js';
import { keepHealthy } from './healthy-pool.js';
import type { Statement } from './unit-of-work.js';

/** A statement so frequent that planning it each time would cost more than executing it; it finds its rows by index. */
export interface PreparedStatement extends Statement {
  /** Of this text, the same in the whole program. */
  readonly name: string;
}

/**
 * One plan for every size of arrays and tables: rows are found by index, one by one. Left alone, PostgreSQL would plan
 * again for every size of the arrays it gets, and keep a plan that reads whole tables because they were small when it
 * was made.
 */
const PLAN_SETTINGS = {
  plan_cache_mode: 'force_generic_plan',
  enable_seqscan: 'off',
  enable_hashjoin: 'off',
  enable_mergejoin: 'off',
};

/** Sends one prepared statement and answers its rows. */
export type SendPrepared = <Row extends pg.QueryResultRow>(statement: PreparedStatement) => Promise<Row[]>;

const sendBy =
  (to: pg.Pool | pg.PoolClient): SendPrepared =>
  async <Row extends pg.QueryResultRow>({ name, text, values }: PreparedStatement) =>
    (await to.query<Row>({ name, text, values: [...values] })).rows;

export interface StatementPoolOptions {
  /** As PostgreSQL shows it. */
  readonly applicationName: string;
  readonly connections: number;
  /** Statements that are sent together travel together. Default false. */
  readonly pipeline?: boolean;
}

/** The values of all, once all have ended; fails with the first error. */
async function allEnded<T extends readonly unknown[]>(work: {
  readonly [K in keyof T]: Promise<T[K]>;
}): Promise<T> {
  await Promise.allSettled(work);
  return (await Promise.all(work)) as unknown as T;
}

/** Connections of their own for frequent statements; each plans each of them once. */
export class StatementPool implements OnApplicationShutdown {
  readonly query: SendPrepared;
  private readonly pool: pg.Pool;

  constructor(
    target: Pick<DatabaseTarget, 'url'>,
    { applicationName, connections, pipeline = false }: StatementPoolOptions,
  ) {
    this.pool = new pg.Pool({
      connectionString: target.url,
      application_name: applicationName,
      options: Object.entries(PLAN_SETTINGS)
        .map(([name, value]) => `-c ${name}=${value}`)
        .join(' '),
      max: connections,
      pipeline,
      idleTimeoutMillis: 30_000,
      connectionTimeoutMillis: 5_000,
      keepAlive: true,
    });
    keepHealthy(this.pool);
    this.query = sendBy(this.pool);
  }

  /**
   * Reads, decides, writes: one transaction of two statements in two round trips. `decide` is pure; when it answers
   * null nothing is written, and so does this.
   */
  async readThenWrite<Row extends pg.QueryResultRow, T>(
    read: PreparedStatement,
    decide: (rows: Row[]) => { readonly write: PreparedStatement; readonly result: T } | null,
  ): Promise<T | null> {
    const client = await this.pool.connect();
    const send = sendBy(client);
    let failure: Error | undefined;
    try {
      const [, rows] = await allEnded([client.query('begin'), send<Row>(read)]);
      const decision = decide(rows);
      // After a write that failed, PostgreSQL takes the commit for a rollback.
      if (decision === null) await client.query('rollback');
      else await allEnded([send(decision.write), client.query('commit')]);
      return decision === null ? null : decision.result;
    } catch (error) {
      failure = error as Error;
      throw error;
    } finally {
      // A connection whose transaction failed is not used again.
      client.release(failure);
    }
  }

  async onApplicationShutdown(): Promise<void> {
    await this.pool.end();
  }
}

/** Frequent statements outside any transaction, on one connection. */
@Injectable()
export class PreparedStatements extends StatementPool {
  constructor(@Inject(DatabaseTarget) target: DatabaseTarget) {
    super(target, { applicationName: 'tandem-checkpoint', connections: 1 });
  }
}
