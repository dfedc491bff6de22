import { createRequire } from 'node:module';
import type pg from 'pg';

/** Classes of the clients in this process: MikroORM may bring a `pg` of its own. */
export function pgClients(): readonly (typeof pg.Client)[] {
  const require = createRequire(import.meta.url);
  const ofOrm = createRequire(require.resolve('@mikro-orm/postgresql'));
  return [...new Set([require, ofOrm].map((find) => (find('pg') as typeof pg).Client))];
}
