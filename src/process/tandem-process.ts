import { setTimeout as sleep } from 'node:timers/promises';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Lifecycle } from '../common/lifecycle.js';
import type { AppConfig } from '../config/config.js';
import { type OpenDatabase, openDatabase } from './open-database.js';
import { checkPort, listening } from './port.js';

/** How long an embedded PostgreSQL may take to stop when the process has to end at once. */
const ABANDON_MS = 5_000;

export interface Serving {
  readonly app: NestFastifyApplication;
  /** `http://127.0.0.1:3000` */
  readonly origin: string;
  readonly database: string;
}

/**
 * What one process opens and closes: database, application, port. Whatever way it ends, an embedded PostgreSQL that
 * nobody else uses is stopped.
 */
export class TandemProcess {
  private database: Promise<OpenDatabase> | null = null;
  private app: NestFastifyApplication | null = null;
  private starting: Promise<Serving | null> | null = null;
  private releasing: Promise<void> | null = null;
  private isStopping = false;

  constructor(
    private readonly config: AppConfig,
    private readonly createApp: (databaseUrl: string) => Promise<NestFastifyApplication>,
  ) {}

  /** null: it was stopped meanwhile. Whatever a failed start has opened is closed again. */
  async start(): Promise<Serving | null> {
    this.starting = this.open();
    try {
      return await this.starting;
    } catch (error) {
      await this.close();
      throw error;
    }
  }

  /** Drains, then closes everything; a start under way is finished first. */
  async stop(): Promise<void> {
    this.isStopping = true;
    this.app?.get(Lifecycle).drain();
    // How a start fails is reported by whoever started it.
    await this.starting?.catch(() => null);
    await this.close();
  }

  /** Closes nothing but an embedded PostgreSQL: runs go on in another process or at the next start. */
  async abandon(): Promise<void> {
    await Promise.race([this.release(), sleep(ABANDON_MS)]);
  }

  private async open(): Promise<Serving | null> {
    const { http } = this.config;
    await checkPort(http);
    if (this.isStopping) return null;
    this.database = openDatabase(this.config);
    const { url, description } = await this.database;
    if (this.isStopping) return null;
    this.app = await this.createApp(url);
    if (this.isStopping) return null;
    const app = this.app;
    await listening(http, () => app.listen(http.port, http.host));
    const { port } = app.getHttpServer().address() as { port: number };
    const host = http.host.includes(':') ? `[${http.host}]` : http.host;
    return { app, origin: `http://${host}:${port}`, database: description };
  }

  private async close(): Promise<void> {
    try {
      await this.app?.close();
    } finally {
      await this.release();
    }
  }

  private release(): Promise<void> {
    this.releasing ??= this.releaseDatabase();
    return this.releasing;
  }

  private async releaseDatabase(): Promise<void> {
    const database = await this.database?.catch(() => null);
    await database?.release();
  }
}
