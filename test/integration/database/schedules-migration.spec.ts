import { MikroORM } from '@mikro-orm/postgresql';
import { expect, it } from '@jest/globals';
import { ormOptions } from '../../../src/database/orm-options.js';
import { createTestDatabase } from '../../support/test-database.js';

const NAME = '20261123030000_schedules';

it('the migration of schedules can be undone and done again', async () => {
  const database = await createTestDatabase();
  const orm = await MikroORM.init(ormOptions({ url: database.url, poolSize: 2 }));
  const there = async () => {
    const rows = await database.query<{ name: string }>(
      `select relname as name from pg_class where relname ~ '^(schedules|runs_schedule)'
       union all select attname from pg_attribute
       where attrelid = 'runs'::regclass and attname in ('schedule_id', 'fire_time')
       order by name`,
    );
    return rows.map(({ name }) => name);
  };
  const before = await there();
  expect(before).toEqual(
    expect.arrayContaining(['fire_time', 'runs_schedule_fire', 'schedule_id', 'schedules']),
  );
  await orm.migrator.down({ migrations: [NAME] });
  expect(await there()).toEqual([]);
  await orm.migrator.up({ migrations: [NAME] });
  expect(await there()).toEqual(before);
  await orm.close();
  await database.drop();
});
