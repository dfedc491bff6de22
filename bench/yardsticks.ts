import pg from 'pg';
import { median } from './figures.js';

const CLIENTS = 16;
const MANY_CLIENTS_MS = 3_000;
const ONE_CLIENT_MS = 1_000;

/** What the machine and its PostgreSQL can do: small commits, without Tandem. */
export interface Yardstick {
  /** Single-row INSERTs by 16 clients, each its own commit. */
  readonly commitsPerSecond: number;
  /** p50 of such an INSERT by one client alone. */
  readonly commitMs: number;
}

const INSERT = {
  name: 'insert',
  text: 'insert into yardstick (task_id, status) values ($1, $2)',
  values: ['t1', 'done'],
};

async function connect(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url, application_name: 'yardstick' });
  await client.connect();
  return client;
}

async function insertFor(client: pg.Client, milliseconds: number): Promise<number[]> {
  const durations: number[] = [];
  const end = performance.now() + milliseconds;
  for (let now = performance.now(); now < end;) {
    await client.query(INSERT);
    const then = performance.now();
    durations.push(then - now);
    now = then;
  }
  return durations;
}

/** Takes both measures on a table of their own, about four seconds. */
export async function takeYardstick(url: string): Promise<Yardstick> {
  const clients = await Promise.all(Array.from({ length: CLIENTS }, () => connect(url)));
  const [first] = clients as [pg.Client];
  try {
    await first.query('drop table if exists yardstick');
    await first.query(
      'create table yardstick (id bigint generated always as identity primary key, task_id text, status text)',
    );
    const alone = await insertFor(first, ONE_CLIENT_MS);
    const start = performance.now();
    const together = await Promise.all(clients.map((client) => insertFor(client, MANY_CLIENTS_MS)));
    const seconds = (performance.now() - start) / 1000;
    const commits = together.reduce((sum, { length }) => sum + length, 0);
    return { commitsPerSecond: commits / seconds, commitMs: median(alone) };
  } finally {
    await Promise.all(clients.map((client) => client.end()));
  }
}
