import { MikroORM } from '@mikro-orm/postgresql';
import pg from 'pg';
import { ormOptions } from './orm-options.js';

/** Any fixed number: whoever migrates this database holds it, so that replicas starting together take turns. */
const MIGRATION_LOCK = 7_246_019_385n;

/** Brings the schema up to date before anything else uses it. Safe to call from many processes at once. */
export async function migrate(url: string): Promise<readonly string[]> {
  const client = new pg.Client({ connectionString: url, application_name: 'tandem-migrate' });
  client.on('error', () => {
    // A lost connection fails the statement under way; that is where it is reported.
  });
  // Connections of its own: a migration may take as long as it takes.
  const orm = await MikroORM.init(ormOptions({ url, poolSize: 2, silenceLimitMs: 0 }));
  try {
    await client.connect();
    await client.query('select pg_advisory_lock($1)', [MIGRATION_LOCK.toString()]);
    const applied = await orm.migrator.up();
    return applied.map((migration) => migration.name);
  } finally {
    await client.end();
    await orm.close(true);
  }
}
