import { MikroORM } from '@mikro-orm/postgresql';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '../../../src/common/ids.js';
import { ormOptions } from '../../../src/database/orm-options.js';
import { createTestDatabase, type TestDatabase } from '../../support/test-database.js';

const NAME = '20261124000000_hybrid_intelligence';
/** What was built on its tables since, newest first. */
const LATER = ['20261126000000_recoveries', '20261125020000_plan_memory', '20261125000000_plans'];
const SHAPE = `
  select table_name, column_name, data_type, is_nullable, column_default from information_schema.columns
  where table_schema = 'public' order by 1, 2`;
const INDEXES = `select indexname, indexdef from pg_indexes where schemaname = 'public' order by 1`;

/** What a program of the base schema writes: only its columns. */
async function insertBase(database: TestDatabase) {
  const [agent, workflow, run, task] = [newId(), newId(), newId(), newId()];
  const { query } = database;
  await query(
    `insert into agents (id, name, description, capabilities, parent_agent_id, status, llm_config)
     values ($1, 'base', 'd', '{*}', null, 'active', '{"provider":"openai"}')`,
    [agent],
  );
  await query(
    `insert into workflows (id, name, owner_agent_id, definition, definition_version, settings)
     values ($1, 'w', $2, '{"tasks":[]}', 1, '{}')`,
    [workflow, agent],
  );
  await query(
    `insert into runs (id, workflow_id, status, definition, input) values ($1, $2, 'succeeded', '{"tasks":[]}', '1')`,
    [run, workflow],
  );
  await query(
    `insert into tasks (id, run_id, task_id, position, task_type, status, parameters)
     values ($1, $2, 'a', 0, 'text.render', 'succeeded', '{}')`,
    [task, run],
  );
  await query(
    `insert into run_events (run_id, sequence, type, at, data) values ($1, 1, 'run.queued', now(), '{}')`,
    [run],
  );
  return { agent, workflow, run };
}

describe('the migration of hybrid intelligence', () => {
  let database: TestDatabase;
  let orm: MikroORM;
  beforeAll(async () => {
    database = await createTestDatabase();
    orm = await MikroORM.init(ormOptions({ url: database.url, poolSize: 2 }));
    for (const later of LATER) await orm.migrator.down({ migrations: [later] });
  });
  afterAll(async () => {
    await orm.close();
    await database.drop();
  });
  const agentRow = async (id: string) =>
    (
      await database.query(
        `select name, description, capabilities, status, llm_config, intelligence_level, execution_mode,
           llm_calls_count, llm_cost_spent from agents where id = $1`,
        [id],
      )
    )[0];
  const BASE_AGENT = {
    ...{
      name: 'base',
      description: 'd',
      capabilities: ['*'],
      status: 'active',
      llm_config: { provider: 'openai' },
    },
    ...{ intelligence_level: 'basic', execution_mode: 'strict', llm_calls_count: '0', llm_cost_spent: '0' },
  };

  it('gives rows of before and statements of the base system its defaults', async () => {
    await orm.migrator.down({ migrations: [NAME] });
    const before = await insertBase(database);
    await orm.migrator.up({ migrations: [NAME] });
    const after = await insertBase(database);
    expect(await agentRow(before.agent)).toEqual(BASE_AGENT);
    expect(await agentRow(after.agent)).toEqual(BASE_AGENT);
    for (const { run, workflow } of [before, after]) {
      const [row] = await database.query(
        'select r.status, r.input, w.settings from runs r join workflows w on w.id = r.workflow_id where r.id = $1 and w.id = $2',
        [run, workflow],
      );
      expect(row).toEqual({ status: 'succeeded', input: 1, settings: {} });
    }
  });

  it('only adds: what was there is as it was', async () => {
    const withIt = await database.query<Record<string, string>>(SHAPE);
    const withItIndexes = await database.query<Record<string, string>>(INDEXES);
    await orm.migrator.down({ migrations: [NAME] });
    const without = await database.query<Record<string, string>>(SHAPE);
    const withoutIndexes = await database.query<Record<string, string>>(INDEXES);
    expect(withIt).toEqual(expect.arrayContaining(without));
    expect(withItIndexes).toEqual(expect.arrayContaining(withoutIndexes));
    const added = new Set(withIt.map((row) => row['table_name']));
    for (const { table_name } of without) added.delete(table_name);
    expect([...added].sort()).toEqual([
      ...['budgets', 'llm_cache', 'llm_cache_leases', 'llm_interactions', 'workflow_plans'],
    ]);
    await orm.migrator.up({ migrations: [NAME] });
    expect(await database.query(SHAPE)).toEqual(withIt);
    expect(await database.query(INDEXES)).toEqual(withItIndexes);
  });
});
