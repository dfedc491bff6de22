import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isAlive } from '../../src/database/embedded/start-lock.js';
import {
  type EmbeddedPostgres,
  startEmbeddedPostgres,
} from '../../src/database/embedded/embedded-postgres.js';
import { migrate } from '../../src/database/migrate.js';
import { eventually } from './eventually.js';

/** A PostgreSQL of one test, with fsync, that can be struck down and comes back at the same address. */
export class RestartableServer {
  private constructor(
    private readonly root: string,
    private server: EmbeddedPostgres,
  ) {}

  static async start(): Promise<RestartableServer> {
    const root = mkdtempSync(join(tmpdir(), 'tandem-restart-'));
    // As root the server runs under another uid, which has to be able to enter.
    chmodSync(root, 0o755);
    return new RestartableServer(root, await startEmbeddedPostgres({ folder: join(root, 'postgres') }));
  }

  get url(): string {
    return this.server.url;
  }

  async migrate(): Promise<void> {
    await migrate(this.url);
  }

  /** Immediate shutdown: every connection breaks off, nothing is written; then recovery from the log. */
  async stop(): Promise<void> {
    const { pid } = this.server;
    process.kill(pid, 'SIGQUIT');
    await eventually(() => !isAlive(pid), { what: 'The end of the server' });
  }

  async startAgain(): Promise<void> {
    const before = this.server;
    const port = Number(new URL(before.url).port);
    this.server = await startEmbeddedPostgres({ folder: join(this.root, 'postgres'), port });
    // Lets go of the connection that the server before broke off.
    await before.release();
  }

  async close(): Promise<void> {
    await this.server.release();
    rmSync(this.root, { recursive: true, force: true });
  }
}
