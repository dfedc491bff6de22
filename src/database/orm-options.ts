import { fileURLToPath } from 'node:url';
import { Migrator } from '@mikro-orm/migrations';
import { defineConfig, type Options } from '@mikro-orm/postgresql';
import type pg from 'pg';
import { keepHealthy } from './healthy-pool.js';

/** Migrations stand beside `src` and `dist`, in TypeScript that Node runs as it is. */
export const MIGRATIONS_PATH = fileURLToPath(new URL('../../migrations', import.meta.url));

export interface OrmOptions {
  readonly url: string;
  readonly poolSize: number;
  /** How long a statement may take; 0: as long as it takes. */
  readonly silenceLimitMs?: number;
}

export function ormOptions({ url, poolSize, silenceLimitMs }: OrmOptions): Options {
  return defineConfig({
    clientUrl: url,
    entities: [],
    discovery: { warnWhenNoEntities: false },
    extensions: [Migrator],
    forceUtcTimezone: true,
    pool: { min: 0, max: poolSize, idleTimeoutMillis: 30_000 },
    migrations: {
      path: MIGRATIONS_PATH,
      pathTs: MIGRATIONS_PATH,
      glob: '*.ts',
      tableName: 'schema_migrations',
      snapshot: false,
      silent: true,
    },
    driverOptions: {
      connectionTimeoutMillis: 5_000,
      application_name: 'tandem',
      keepAlive: true,
      onPoolCreated: (pool: pg.Pool) => keepHealthy(pool, silenceLimitMs),
    },
  });
}
