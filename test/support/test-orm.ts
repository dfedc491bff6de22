import type { AnyEntity, EntityName } from '@mikro-orm/core';
import { MikroORM } from '@mikro-orm/postgresql';
import { ormOptions } from '../../src/database/orm-options.js';
import { UnitOfWork } from '../../src/database/unit-of-work.js';
import { createTestDatabase, type TestDatabase } from './test-database.js';

export interface TestOrm {
  readonly database: TestDatabase;
  readonly work: UnitOfWork;
  close(): Promise<void>;
}

/** An own database and a unit of work on it, for tests of stores. Close it in `afterAll`. */
export async function openTestOrm(entities: readonly EntityName<AnyEntity>[]): Promise<TestOrm> {
  const database = await createTestDatabase();
  const options = ormOptions({ url: database.url, poolSize: 6 });
  const orm = await MikroORM.init({ ...options, entities: [...entities] });
  return {
    database,
    work: new UnitOfWork(orm),
    close: async () => {
      await orm.close();
      await database.drop();
    },
  };
}
