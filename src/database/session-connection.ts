import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { Inject, Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import pg from 'pg';
import { DatabaseTarget } from './database-target.js';

type Listener = (payload: string) => void;

const RECONNECT_DELAY_MS = 200;

/**
 * The one long-lived connection of a process: it holds the advisory lock that proves the process is alive, and
 * LISTENs. It reconnects for as long as the process lives; whoever listens must read what it may have missed.
 * Needs a session connection, not a transaction pooler.
 */
@Injectable()
export class SessionConnection implements OnApplicationShutdown {
  /** Random 63 bits: the advisory lock of this process. */
  readonly lockKey: bigint = randomBytes(8).readBigUInt64BE() >> 1n;
  private readonly logger = new Logger('SessionConnection');
  private readonly listeners = new Map<string, Set<Listener>>();
  private readonly reconnectListeners = new Set<() => void>();
  private client: pg.Client | null = null;
  private starting: Promise<void> | null = null;
  private running: Promise<void> | null = null;
  private closed = false;

  constructor(@Inject(DatabaseTarget) private readonly target: DatabaseTarget) {}

  /** Connects and keeps connected; resolves when the first connection stands. Once, however many ask. */
  start(): Promise<void> {
    this.starting ??= this.connect().then(() => {
      this.running = this.keepConnected();
    });
    return this.starting;
  }

  get isConnected(): boolean {
    return this.client !== null;
  }

  /** Hears notifications on a channel from now on; answers how to stop. */
  async listen(channel: string, listener: Listener): Promise<() => void> {
    const known = this.listeners.get(channel) ?? new Set();
    known.add(listener);
    this.listeners.set(channel, known);
    await this.client?.query(`listen ${pg.escapeIdentifier(channel)}`);
    return () => known.delete(listener);
  }

  /** Called after every re-connect: notifications in between were lost. */
  onReconnect(listener: () => void): void {
    this.reconnectListeners.add(listener);
  }

  /** One statement on this connection. Silence beyond `timeoutMs` drops the connection and fails. */
  async query<Row>(text: string, values: readonly unknown[], timeoutMs: number): Promise<Row[]> {
    const client = this.client;
    if (client === null) throw new Error('The session connection is down.');
    const timer = setTimeout(() => this.drop(client), timeoutMs);
    try {
      const { rows } = await client.query(text, [...values]);
      return rows as Row[];
    } finally {
      clearTimeout(timer);
    }
  }

  async onApplicationShutdown(): Promise<void> {
    this.closed = true;
    await this.closeClient();
    await this.running;
  }

  private async closeClient(): Promise<void> {
    const client = this.client;
    this.client = null;
    await client?.end().catch(() => undefined);
  }

  private async connect(): Promise<void> {
    const client = new pg.Client({
      connectionString: this.target.url,
      application_name: 'tandem-session',
      connectionTimeoutMillis: 5_000,
      keepAlive: true,
    });
    client.on('error', () => this.drop(client));
    client.on('end', () => this.drop(client));
    client.on('notification', ({ channel, payload }) => {
      for (const listener of this.listeners.get(channel) ?? []) listener(payload ?? '');
    });
    await client.connect();
    try {
      await client.query('select pg_advisory_lock($1)', [this.lockKey.toString()]);
      for (const channel of this.listeners.keys())
        await client.query(`listen ${pg.escapeIdentifier(channel)}`);
    } catch (error) {
      await client.end().catch(() => undefined);
      throw error;
    }
    this.client = client;
  }

  private drop(client: pg.Client): void {
    if (this.client === client) this.client = null;
    // Destroying the socket fails whatever statement was under way, at once and without an answer of the server.
    (client as unknown as { connection: { stream: { destroy(): void } } }).connection.stream.destroy();
  }

  private async keepConnected(): Promise<void> {
    while (!this.closed) {
      await sleep(RECONNECT_DELAY_MS);
      if (this.closed || this.client !== null) continue;
      try {
        await this.connect();
        if (this.closed) return await this.closeClient();
        this.logger.log('Connected to PostgreSQL again');
        for (const listener of this.reconnectListeners) listener();
      } catch (error) {
        this.logger.debug(`PostgreSQL is away: ${(error as Error).message}`);
      }
    }
  }
}
