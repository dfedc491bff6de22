import type { TestDatabase } from './test-database.js';

const MAX_LOOKS = 5_000;

/** Looks until `sessions` sessions of the database wait for a lock, so that a race can be staged step by step. */
export async function untilBlocked(database: TestDatabase, sessions = 1): Promise<void> {
  for (let look = 0; look < MAX_LOOKS; look++) {
    const [row] = await database.query<{ count: number }>(
      `select count(*)::int as count from pg_stat_activity
       where datname = current_database() and wait_event_type = 'Lock'`,
    );
    if (row !== undefined && row.count >= sessions) return;
  }
  throw new Error(`No ${sessions} sessions came to wait for a lock`);
}

/** A transaction that stays open until `release` is called. */
export interface Held<T> {
  /** What the work answered, once it is done; the transaction is still open then. */
  readonly done: Promise<T>;
  /** Commits and waits for the commit. */
  release(): Promise<void>;
}

/** Runs `work` in a transaction that stays open until it is released. */
export function hold<T>(
  transactional: (work: () => Promise<void>) => Promise<void>,
  work: () => Promise<T>,
): Held<T> {
  const gate = Promise.withResolvers<void>();
  const done = Promise.withResolvers<T>();
  const committed = transactional(async () => {
    done.resolve(await work());
    await gate.promise;
  });
  committed.catch(done.reject);
  return {
    done: done.promise,
    release: () => {
      gate.resolve();
      return committed;
    },
  };
}
