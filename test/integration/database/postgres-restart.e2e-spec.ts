import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { MikroORM } from '@mikro-orm/postgresql';
import { ormOptions } from '../../../src/database/orm-options.js';
import { UnitOfWork } from '../../../src/database/unit-of-work.js';
import { eventually } from '../../support/eventually.js';
import { RestartableServer } from '../../support/restartable-server.js';

const POOL_SIZE = 4;

describe('when PostgreSQL restarts under open transactions', () => {
  let server: RestartableServer;
  let orm: MikroORM;
  let work: UnitOfWork;
  beforeAll(async () => {
    server = await RestartableServer.start();
    orm = await MikroORM.init({ ...ormOptions({ url: server.url, poolSize: POOL_SIZE }) });
    work = new UnitOfWork(orm);
  }, 60_000);
  afterAll(async () => {
    // A pool that lost its connections would never come to its end.
    await Promise.race([orm.close(true), new Promise((resolve) => setTimeout(resolve, 2_000).unref())]);
    await server.close();
  });

  const ping = (): Promise<boolean> =>
    work.transactional(async () => (await work.query({ text: 'select 1 as one', values: [] })).length === 1);

  /** Transactions that hold every connection of the pool, and more that wait for one. */
  async function fillPool(): Promise<{
    readonly inside: number;
    readonly settled: Promise<PromiseSettledResult<void>[]>;
  }> {
    let inside = 0;
    const gate = Promise.withResolvers<void>();
    const all = Array.from({ length: 3 * POOL_SIZE }, (_, index) =>
      work.transactional(async () => {
        await work.query({ text: 'select 1', values: [] });
        inside += 1;
        if (inside === POOL_SIZE) gate.resolve();
        // Half of them are in the middle of a statement when the server goes, half of them idle.
        if (index % 2 === 0) await work.query({ text: 'select pg_sleep(60)', values: [] });
        else await new Promise((resolve) => broken.promise.then(resolve));
        await work.query({ text: 'select 1', values: [] });
      }),
    );
    const settled = Promise.allSettled(all);
    await gate.promise;
    return { inside, settled };
  }

  let broken = Promise.withResolvers<void>();

  it('every one of them fails, the pool gets all its connections back, twice', async () => {
    for (let round = 1; round <= 2; round += 1) {
      broken = Promise.withResolvers<void>();
      expect(await ping()).toBe(true);
      const { inside, settled } = await fillPool();
      expect(inside).toBe(POOL_SIZE);
      await server.stop();
      broken.resolve();
      await server.startAgain();
      const outcomes = await Promise.race([
        settled,
        new Promise<'hangs'>((resolve) => setTimeout(() => resolve('hangs'), 10_000).unref()),
      ]);
      expect(outcomes).not.toBe('hangs');
      expect((outcomes as PromiseSettledResult<void>[]).some(({ status }) => status === 'rejected')).toBe(
        true,
      );
      // As many at once as there are connections: a single lost one would make the last of them wait for ever.
      await eventually(
        async () => {
          let together = 0;
          const all = Promise.withResolvers<void>();
          await Promise.all(
            Array.from({ length: POOL_SIZE }, () =>
              work.transactional(async () => {
                await work.query({ text: 'select 1', values: [] });
                together += 1;
                if (together === POOL_SIZE) all.resolve();
                await all.promise;
              }),
            ),
          );
          return true;
        },
        { withinMs: 10_000, what: 'A full pool' },
      );
    }
  }, 60_000);
});
