import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { DatabaseTarget } from '../../../src/database/database-target.js';
import { PreparedStatements } from '../../../src/database/prepared-statements.js';
import { createTestDatabase, type TestDatabase } from '../../support/test-database.js';

let database: TestDatabase;
let statements: PreparedStatements;
beforeAll(async () => {
  database = await createTestDatabase();
  statements = new PreparedStatements({ url: database.url } as DatabaseTarget);
  await database.query('create table notes (id integer primary key, text text not null)');
});
afterAll(async () => {
  await statements.onApplicationShutdown();
  await database.drop();
});

const UPDATE = `update notes n set text = x.text from unnest('{1}'::integer[], '{new}'::text[]) as x(id, text)
  where n.id = x.id`;

it('plans for tables that grow, also while they are empty', async () => {
  const plan = await statements.query<Record<string, string>>({
    name: 'explain',
    text: `explain ${UPDATE}`,
    values: [],
  });
  const text = plan.map((row) => row['QUERY PLAN']).join('\n');
  expect(text).toContain('Index Scan using notes_pkey');
  expect(text).not.toMatch(/Seq Scan|Hash Join|Merge Join/);
});

it('plans a statement once', async () => {
  for (let time = 0; time < 3; time += 1)
    await statements.query({ name: 'update', text: UPDATE, values: [] });
  const [row] = await statements.query<{ generic_plans: string }>({
    name: 'look',
    text: `select generic_plans::text from pg_prepared_statements where name = 'update'`,
    values: [],
  });
  expect(row?.generic_plans).toBe('3');
});
