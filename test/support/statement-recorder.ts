import { createRequire } from 'node:module';
import { jest } from '@jest/globals';
import pg from 'pg';

/** How often a text was sent. */
export type StatementCounts = Readonly<Record<string, number>>;

type Client = typeof pg.Client;

/** Counts the statements the application sends, by their text; those of tests and of the job queue are none of them. */
export class StatementRecorder {
  private counts = new Map<string, number>();
  private readonly spies: { mockRestore(): void }[];

  private constructor(clients: ReadonlySet<Client>) {
    const count = (client: pg.Client, statement: unknown): void => this.count(client, statement);
    this.spies = [...clients].map(({ prototype }) => {
      const send = prototype.query as (...args: unknown[]) => unknown;
      return jest.spyOn(prototype, 'query').mockImplementation(function (
        this: pg.Client,
        ...args: unknown[]
      ) {
        count(this, args[0]);
        return send.apply(this, args);
      } as never);
    });
  }

  /** The ORM may bring a driver of its own. */
  static async start(): Promise<StatementRecorder> {
    const path = createRequire(import.meta.resolve('@mikro-orm/postgresql')).resolve('pg');
    const { default: ormDriver } = (await import(path)) as { default: typeof pg };
    return new StatementRecorder(new Set([pg.Client, ormDriver.Client]));
  }

  /** What was sent while some work was done. */
  async during(work: () => Promise<unknown>): Promise<StatementCounts> {
    this.counts = new Map();
    await work();
    return Object.fromEntries(this.counts);
  }

  stop(): void {
    for (const spy of this.spies) spy.mockRestore();
  }

  private count(client: pg.Client, statement: unknown): void {
    const { connectionParameters } = client as unknown as { connectionParameters: Record<string, string> };
    if (!connectionParameters['application_name']?.startsWith('tandem')) return;
    const text = typeof statement === 'string' ? statement : (statement as { text: string }).text;
    if (text.includes('pgboss')) return;
    // The ORM writes values into its texts.
    const line = text
      .replaceAll(/\s+/g, ' ')
      .replaceAll(/'[^']*'/g, '?')
      .trim();
    this.counts.set(line, (this.counts.get(line) ?? 0) + 1);
  }
}
