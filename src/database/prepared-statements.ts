import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import pg from 'pg';
import { DatabaseTarget } from './database-target.js';
import { releaseBrokenClients } from './orm-options.js';
import type { Statement } from './unit-of-work.js';

/** A statement so frequent that planning it each time would cost more than executing it. */
export interface PreparedStatement extends Statement {
  /** Of this text, the same in the whole program. */
  readonly name: string;
}

/** A plan must not outlive the sizes of tables it was made for; ANALYZE renews it earlier. */
const MAX_LIFETIME_SECONDS = 60;

/**
 * Frequent statements outside any transaction, on one connection of their own that plans each of them once. Forced,
 * since PostgreSQL would plan again for every size of the arrays it gets.
 */
@Injectable()
export class PreparedStatements implements OnApplicationShutdown {
  private readonly pool: pg.Pool;

  constructor(@Inject(DatabaseTarget) target: DatabaseTarget) {
    this.pool = new pg.Pool({
      connectionString: target.url,
      application_name: 'tandem-checkpoint',
      options: '-c plan_cache_mode=force_generic_plan',
      max: 1,
      maxLifetimeSeconds: MAX_LIFETIME_SECONDS,
      idleTimeoutMillis: 30_000,
      connectionTimeoutMillis: 5_000,
      keepAlive: true,
    });
    releaseBrokenClients(this.pool);
  }

  async query<Row extends pg.QueryResultRow>({ name, text, values }: PreparedStatement): Promise<Row[]> {
    return (await this.pool.query<Row>({ name, text, values: [...values] })).rows;
  }

  async onApplicationShutdown(): Promise<void> {
    await this.pool.end();
  }
}
