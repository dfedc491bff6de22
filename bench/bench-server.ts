import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import pg from 'pg';
import { startEmbeddedPostgres } from '../src/database/embedded/embedded-postgres.js';

/** A throw-away PostgreSQL with default settings (fsync on). */
export interface BenchServer {
  /** Of the maintenance database. */
  readonly url: string;
  /** For parts that start something of their own; deleted at the end. */
  readonly folder: string;
  createDatabase(name: string): Promise<string>;
  /** Stops the server and deletes its folder. */
  remove(): Promise<void>;
}

/** Starts it in a new folder below `parent`, by default the system's folder for temporary files. */
export async function startBenchServer(parent = tmpdir()): Promise<BenchServer> {
  mkdirSync(parent, { recursive: true });
  const folder = mkdtempSync(join(resolve(parent), 'tandem-bench-'));
  // As root the server runs under another uid, which has to be able to enter.
  chmodSync(folder, 0o755);
  const server = await startEmbeddedPostgres({ folder: join(folder, 'postgres') });
  return {
    url: server.url,
    folder,
    createDatabase: async (name) => {
      const admin = new pg.Client({ connectionString: server.url });
      await admin.connect();
      await admin.query(`create database ${pg.escapeIdentifier(name)}`);
      await admin.end();
      return Object.assign(new URL(server.url), { pathname: `/${name}` }).href;
    },
    remove: async () => {
      await server.release();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
