import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chownSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isAlive } from './start-lock.js';
import type { RunAs } from './unprivileged.js';

/** What stands where in the folder of an embedded server. */
export interface Layout {
  readonly folder: string;
  readonly data: string;
  readonly password: string;
  readonly log: string;
  readonly lock: string;
}

export const layoutOf = (folder: string): Layout => ({
  folder,
  data: join(folder, 'data'),
  password: join(folder, 'password'),
  log: join(folder, 'server.log'),
  lock: join(folder, 'starting.lock'),
});

/** Fails with what to do when the folder cannot be made. */
export function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true });
  } catch (cause) {
    throw new Error(
      `The data folder ${folder} cannot be made (${(cause as Error).message}). ` +
        'Set TANDEM_DATA_DIR to a folder this user can write, or DATABASE_URL to a PostgreSQL of yours.',
      { cause },
    );
  }
}

/** Of a program that runs as somebody else. */
export function credentials(as: RunAs): { uid?: number; gid?: number } {
  return as.uid === undefined ? {} : { uid: as.uid, gid: as.gid as number };
}

/** A password for the server, readable by its owner only; made when there is none. */
export function readPassword(layout: Layout, as: RunAs): string {
  if (!existsSync(layout.password)) {
    writeFileSync(layout.password, randomBytes(24).toString('hex'), { mode: 0o600, flag: 'wx' });
    if (as.uid !== undefined) chownSync(layout.password, as.uid, as.gid as number);
  }
  return readFileSync(layout.password, 'utf8').trim();
}

/** Makes the database cluster of a folder that has none. */
export function initialise(initdb: string, layout: Layout, as: RunAs): void {
  if (existsSync(join(layout.data, 'PG_VERSION'))) return;
  // What an interrupted initialisation left is no database.
  rmSync(layout.data, { recursive: true, force: true });
  const args = [
    '-D',
    layout.data,
    '-U',
    'tandem',
    '-A',
    'scram-sha-256',
    `--pwfile=${layout.password}`,
    '-E',
    'UTF8',
    '--no-locale',
  ];
  const [command, ...rest] = [...as.prefix, initdb, ...args];
  const made = spawnSync(command as string, rest, {
    cwd: layout.folder,
    encoding: 'utf8',
    ...credentials(as),
  });
  if (made.status !== 0) {
    rmSync(layout.data, { recursive: true, force: true });
    throw new Error(
      `The embedded PostgreSQL could not be set up in ${layout.folder}: ${made.error?.message ?? made.stderr.trim()}`,
    );
  }
}

/** Process id and port of the server of a data folder as its pid file says; null when there is none. */
export function readPidFile(layout: Layout): { pid: number; port: number } | null {
  const path = join(layout.data, 'postmaster.pid');
  if (!existsSync(path)) return null;
  const lines = readFileSync(path, 'utf8').split('\n');
  const pid = Number(lines[0]);
  const port = Number(lines[3]);
  return pid > 0 && port > 0 && isAlive(pid) ? { pid, port } : null;
}
