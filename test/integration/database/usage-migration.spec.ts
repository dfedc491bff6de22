import { MikroORM } from '@mikro-orm/postgresql';
import { expect, it } from '@jest/globals';
import { ormOptions } from '../../../src/database/orm-options.js';
import { createTestDatabase } from '../../support/test-database.js';

const NAME = '20261127010000_usage';

it('the migration of model use can be undone and done again', async () => {
  const database = await createTestDatabase();
  const orm = await MikroORM.init(ormOptions({ url: database.url, poolSize: 2 }));
  const there = async () => {
    const rows = await database.query<{ relname: string }>(
      `select relname from pg_class where relname ~ '^llm_answers' order by 1`,
    );
    return rows.map(({ relname }) => relname);
  };
  expect(await there()).toEqual(['llm_answers', 'llm_answers_hour']);
  await orm.migrator.down({ migrations: [NAME] });
  expect(await there()).toEqual([]);
  await orm.migrator.up({ migrations: [NAME] });
  expect(await there()).toEqual(['llm_answers', 'llm_answers_hour']);
  await orm.close();
  await database.drop();
});
