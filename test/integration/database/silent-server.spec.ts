import { afterAll, beforeAll, expect, it } from '@jest/globals';
import pg from 'pg';
import { keepHealthy } from '../../../src/database/healthy-pool.js';
import { Chance } from '../../reliability/chaos/chance.js';
import { Proxy } from '../../reliability/chaos/proxy.js';
import { createTestDatabase, type TestDatabase } from '../../support/test-database.js';

const SILENCE_LIMIT_MS = 300;

let database: TestDatabase;
let proxy: Proxy;
let pool: pg.Pool;
beforeAll(async () => {
  database = await createTestDatabase();
  proxy = await Proxy.start(database.url, new Chance(1));
  pool = new pg.Pool({ connectionString: proxy.url, max: 1, connectionTimeoutMillis: 2_000 });
  keepHealthy(pool, SILENCE_LIMIT_MS);
});
afterAll(async () => {
  await pool.end();
  proxy.close();
  await database.drop();
});

it('a connection on which nothing comes any more is given up, and the pool makes another one', async () => {
  await pool.query('select 1');
  proxy.be('silence');
  await expect(pool.query('select 1')).rejects.toThrow(/silent for 0.3 s/);
  expect(pool.totalCount).toBe(0);
  proxy.be('pass');
  expect((await pool.query<{ one: number }>('select 1 as one')).rows).toEqual([{ one: 1 }]);
});
