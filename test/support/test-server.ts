import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedPostgres } from '../../src/database/embedded/embedded-postgres.js';
import { migrate } from '../../src/database/migrate.js';
import { TEMPLATE_DATABASE, withAdmin, withDatabase } from './test-database.js';

/** Speed only: what these tests prove does not depend on the disk. */
const SETTINGS = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off', 'max_connections=400'];

/** Starts a throw-away server and migrates the database that every test database is copied from. */
export async function startTestServer(): Promise<{ url: string; stop: () => Promise<void> }> {
  const folder = mkdtempSync(join(tmpdir(), 'tandem-test-'));
  // As root the server runs under another uid, which has to be able to enter.
  chmodSync(folder, 0o755);
  const server = await startEmbeddedPostgres({ folder: join(folder, 'postgres'), settings: SETTINGS });
  await withAdmin(server.url, (admin) => admin.query(`create database ${TEMPLATE_DATABASE}`));
  const url = withDatabase(server.url, TEMPLATE_DATABASE);
  await migrate(url);
  return {
    url: server.url,
    stop: async () => {
      await server.release();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
