import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { MikroORM } from '@mikro-orm/postgresql';
import { ormOptions } from '../../../src/database/orm-options.js';
import { UnitOfWork } from '../../../src/database/unit-of-work.js';
import { createTestDatabase, type TestDatabase } from '../../support/test-database.js';

describe('UnitOfWork', () => {
  let database: TestDatabase;
  let orm: MikroORM;
  let work: UnitOfWork;

  beforeAll(async () => {
    database = await createTestDatabase();
    orm = await MikroORM.init(ormOptions({ url: database.url, poolSize: 4 }));
    work = new UnitOfWork(orm);
    await database.query('create table notes (text text not null)');
  });
  afterAll(async () => {
    await orm.close();
    await database.drop();
  });

  const insert = (text: string): Promise<unknown> =>
    work.query({ text: 'insert into notes values ($1)', values: [text] });
  const notes = async (): Promise<string[]> =>
    (await database.query<{ text: string }>('select text from notes order by 1')).map((row) => row.text);

  it('undoes everything when the work fails, nested units included', async () => {
    const failed = work.transactional(async () => {
      await insert('outer');
      await work.transactional(() => insert('inner'));
      throw new Error('no');
    });
    await expect(failed).rejects.toThrow('no');
    expect(await notes()).toEqual([]);
  });

  it('shows nothing to others before it commits and everything after', async () => {
    await work.transactional(async () => {
      await insert('a');
      await work.transactional(() => insert('b'));
      expect(await notes()).toEqual([]);
    });
    expect(await notes()).toEqual(['a', 'b']);
  });

  it('runs statements outside a transaction on their own', async () => {
    await insert('c');
    expect(await notes()).toContain('c');
  });
});
