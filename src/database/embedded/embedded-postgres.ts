import { spawn } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { findBinaries } from './binaries.js';
import {
  credentials,
  initialise,
  type Layout,
  layoutOf,
  makeFolder,
  readPassword,
  readPidFile,
} from './cluster.js';
import { isAlive, withStartLock } from './start-lock.js';
import { chooseRunAs, type RunAs } from './unprivileged.js';

/** Every user of an embedded server holds this lock shared; who gets it exclusively is the last one. */
const PRESENCE_LOCK = '5120394817263';
const START_TIMEOUT_MS = 60_000;

/** A running embedded server. `release()` stops it when nobody else uses it. */
export interface EmbeddedPostgres {
  readonly url: string;
  readonly pid: number;
  release(): Promise<void>;
}

export interface EmbeddedPostgresOptions {
  /** Absolute; made when missing. Holds `data/`, `password`, `server.log`. */
  readonly folder: string;
  /** Server settings, `name=value`. */
  readonly settings?: readonly string[];
  /** Default: a free one. A server that runs already keeps its own. */
  readonly port?: number;
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
}

interface Spawned {
  readonly port: number;
  exited: boolean;
}

async function spawnServer(
  postgres: string,
  layout: Layout,
  as: RunAs,
  wanted: EmbeddedPostgresOptions,
): Promise<Spawned> {
  const { settings = [] } = wanted;
  const port = wanted.port ?? (await freePort());
  const log = openSync(layout.log, 'a');
  const options = [`port=${port}`, 'listen_addresses=127.0.0.1', 'unix_socket_directories=', ...settings];
  const [command, ...args] = [
    ...as.prefix,
    postgres,
    '-D',
    layout.data,
    ...options.flatMap((option) => ['-c', option]),
  ];
  // Its own session: a signal to our process group (Ctrl-C) must not reach it.
  const server = spawn(command as string, args, {
    cwd: layout.folder,
    detached: true,
    stdio: ['ignore', log, log],
    ...credentials(as),
  });
  const spawned: Spawned = { port, exited: false };
  server.once('exit', () => (spawned.exited = true));
  server.once('error', () => (spawned.exited = true));
  server.unref();
  closeSync(log);
  return spawned;
}

const urlOf = (port: number, password: string): string =>
  `postgres://tandem:${password}@127.0.0.1:${port}/postgres`;

async function tryConnect(url: string): Promise<pg.Client | null> {
  const client = new pg.Client({
    connectionString: url,
    application_name: 'tandem-presence',
    connectionTimeoutMillis: 2_000,
  });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return client;
  } catch (error) {
    await client.end().catch(() => undefined);
    if ((error as { code?: string }).code === '28P01') {
      throw new Error(
        'The embedded PostgreSQL refuses the password in its folder; another server has its port.',
        { cause: error },
      );
    }
    return null;
  }
}

function tailOf(path: string): string {
  return existsSync(path) ? readFileSync(path, 'utf8').trimEnd().split('\n').slice(-5).join('\n') : '';
}

async function connectWhenReady(url: string, layout: Layout, spawned: Spawned | null): Promise<pg.Client> {
  const deadline = Date.now() + START_TIMEOUT_MS;
  while (Date.now() < deadline) {
    const client = await tryConnect(url);
    if (client !== null) return client;
    if (spawned?.exited) break;
    await sleep(25);
  }
  throw new Error(
    `The embedded PostgreSQL in ${layout.folder} does not start. The end of ${layout.log}:\n${tailOf(layout.log)}`,
  );
}

async function stopWhenLast(presence: pg.Client, layout: Layout): Promise<void> {
  try {
    await presence.query('select pg_advisory_unlock_shared($1)', [PRESENCE_LOCK]);
    const { rows } = await presence.query<{ last: boolean }>('select pg_try_advisory_lock($1) as last', [
      PRESENCE_LOCK,
    ]);
    if (!rows[0]?.last) return;
  } catch {
    return; // The server is gone: nothing is left to stop.
  } finally {
    await presence.end().catch(() => undefined);
  }
  const running = readPidFile(layout);
  if (running === null) return;
  process.kill(running.pid, 'SIGINT');
  const deadline = Date.now() + 30_000;
  while (isAlive(running.pid) && existsSync(join(layout.data, 'postmaster.pid')) && Date.now() < deadline)
    await sleep(20);
}

/**
 * Starts the PostgreSQL of a folder, or joins the one that runs there already (after a `kill -9` of its starter, or
 * beside a second process). Listens on 127.0.0.1 on a random port with a random password; fsync is on.
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const layout = layoutOf(options.folder);
  makeFolder(layout.folder);
  const { initdb, postgres } = await findBinaries();
  const as = chooseRunAs(layout.folder, postgres);
  return withStartLock(layout.lock, async () => {
    const password = readPassword(layout, as);
    initialise(initdb, layout, as);
    const running = readPidFile(layout);
    const spawned = running === null ? await spawnServer(postgres, layout, as, options) : null;
    const url = urlOf(running?.port ?? (spawned as Spawned).port, password);
    const presence = await connectWhenReady(url, layout, spawned);
    await presence.query('select pg_advisory_lock_shared($1)', [PRESENCE_LOCK]);
    const pid = readPidFile(layout)?.pid ?? 0;
    return { url, pid, release: () => withStartLock(layout.lock, () => stopWhenLast(presence, layout)) };
  });
}
