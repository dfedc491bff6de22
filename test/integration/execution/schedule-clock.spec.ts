import { describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { RunStarts } from '../../../src/execution/run-starts.service.js';
import { ScheduleClock } from '../../../src/execution/schedules/schedule-clock.service.js';
import { EngineTest } from '../../support/engine-test.js';
import { eventually } from '../../support/eventually.js';
import { RestartableServer } from '../../support/restartable-server.js';
import { NOOP } from '../../support/schedule-test.js';
import { createTestDatabase, type TestDatabase } from '../../support/test-database.js';

const EVERY_MINUTE = { cron: '* * * * *' };
const DUE_NOW = `update schedules set next_fire_at = date_trunc('minute', now())`;

async function schedule(engine: EngineTest, fields: object = {}): Promise<string> {
  const path = `/workflows/${await engine.workflow(NOOP)}/schedules`;
  return (await engine.post(path, { ...EVERY_MINUTE, ...fields })).body.id as string;
}

/** The run that the schedule has started. */
const started = (engine: EngineTest, id: string): Promise<string> =>
  eventually(async () => (await engine.get(`/schedules/${id}`)).body.lastRunId as string | null, {
    withinMs: 20_000,
    what: `A fire of ${id}`,
  });

describe('the clock of a process', () => {
  it('fires all that is due, past one that cannot be read, and lets a fire end when it stops', async () => {
    const database = await createTestDatabase();
    const api = await EngineTest.start({ config: { role: 'api' }, database });
    const worker = await EngineTest.start({ config: { role: 'worker' }, database });
    try {
      const broken = await schedule(api);
      await database.query(`update schedules set cron = 'nonsense'`);
      const ids = await Promise.all(Array.from({ length: 9 }, () => schedule(api)));
      await database.query(DUE_NOW);
      for (const id of ids)
        expect(await api.ended(await started(api, id))).toMatchObject({ status: 'succeeded' });
      expect((await api.get(`/schedules/${broken}`)).body).toMatchObject({ lastFireAt: null });

      const starts = worker.test.app.get(RunStarts);
      const { startLocked } = starts;
      const arrived = Promise.withResolvers<void>();
      const released = Promise.withResolvers<void>();
      starts.startLocked = async (...given) => {
        arrived.resolve();
        await released.promise;
        return startLocked.apply(starts, given);
      };
      const last = await schedule(api);
      await database.query(`${DUE_NOW} where id = $1`, [last]);
      await arrived.promise;
      const closed = worker.close();
      released.resolve();
      await closed;
      expect((await api.get(`/schedules/${last}`)).body.lastRunId).toEqual(expect.any(String));
    } finally {
      await Promise.all([worker.close(), api.close()]);
      await database.drop();
    }
  }, 60_000);

  it('goes on when PostgreSQL has been away', async () => {
    const server = await RestartableServer.start();
    await server.migrate();
    const query: TestDatabase['query'] = async <Row extends pg.QueryResultRow>(
      text: string,
      values: readonly unknown[] = [],
    ) => {
      const client = new pg.Client({ connectionString: server.url });
      await client.connect();
      return client
        .query<Row>(text, [...values])
        .then(({ rows }) => rows, Promise.reject)
        .finally(() => client.end());
    };
    const engine = await EngineTest.start({ database: { url: server.url, query, drop: async () => {} } });
    try {
      const id = await schedule(engine);
      await query(`update schedules set next_fire_at = now() + interval '1 hour'`);
      await server.stop();
      const clock = engine.test.app.get(ScheduleClock) as unknown as { isAway: boolean };
      await eventually(() => clock.isAway, { what: 'A look at a database that is away' });
      await server.startAgain();
      await eventually(() => query(DUE_NOW), { withinMs: 20_000 });
      expect(await engine.ended(await started(engine, id))).toMatchObject({ status: 'succeeded' });
    } finally {
      await engine.close();
      await server.close();
    }
  }, 90_000);
});
