import { fileURLToPath } from 'node:url';
import { Migrator } from '@mikro-orm/migrations';
import { defineConfig, type Options } from '@mikro-orm/postgresql';
import type pg from 'pg';

/** Migrations stand beside `src` and `dist`, in TypeScript that Node runs as it is. */
export const MIGRATIONS_PATH = fileURLToPath(new URL('../../migrations', import.meta.url));

/**
 * A server restart under open transactions leaks their connections: MikroORM's rollback fails on the dead client and
 * the client is never released; with the pool full the process hangs for good. So a client that reports an error
 * releases itself, once. Test: test/integration/database/postgres-restart.e2e-spec.ts.
 */
export function releaseBrokenClients(pool: pg.Pool): void {
  pool.on('error', () => {
    // An idle client lost its server; the pool has dropped it already. Without a listener the process would end.
  });
  pool.on('connect', (client) => {
    const poolClient = client as pg.PoolClient;
    poolClient.on('error', (error) => {
      const release = poolClient.release as pg.PoolClient['release'] | undefined;
      poolClient.release = () => undefined;
      try {
        release?.call(poolClient, error);
      } catch {
        // Released before: nothing is held any more.
      }
    });
  });
}

export interface OrmOptions {
  readonly url: string;
  readonly poolSize: number;
}

export function ormOptions({ url, poolSize }: OrmOptions): Options {
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
      onPoolCreated: releaseBrokenClients,
    },
  });
}
