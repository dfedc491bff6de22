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

/** Frequent statements outside any transaction, on one connection of their own that plans each of them once. */
@Injectable()
export class PreparedStatements implements OnApplicationShutdown {
  private readonly pool: pg.Pool;

  constructor(@Inject(DatabaseTarget) target: DatabaseTarget) {
    this.pool = new pg.Pool({
      connectionString: target.url,
      application_name: 'tandem-checkpoint',
      options: Object.entries(PLAN_SETTINGS)
        .map(([name, value]) => `-c ${name}=${value}`)
        .join(' '),
      max: 1,
      idleTimeoutMillis: 30_000,
      connectionTimeoutMillis: 5_000,
      keepAlive: true,
    });
    keepHealthy(this.pool);
  }

  async query<Row extends pg.QueryResultRow>({ name, text, values }: PreparedStatement): Promise<Row[]> {
    return (await this.pool.query<Row>({ name, text, values: [...values] })).rows;
  }

  async onApplicationShutdown(): Promise<void> {
    await this.pool.end();
  }
}
