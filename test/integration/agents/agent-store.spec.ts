import { afterAll, beforeAll, describe } from '@jest/globals';
import { AgentEntity } from '../../../src/agents/adapters/agent.entity.js';
import { PostgresAgentsStore } from '../../../src/agents/adapters/postgres-agents.store.js';
import { agentStoreContract } from '../../contracts/agent-store.contract.js';
import { InMemoryAgentsStore } from '../../doubles/in-memory-agents.store.js';
import { openTestOrm, type TestOrm } from '../../support/test-orm.js';

describe('agents in PostgreSQL', () => {
  let orm: TestOrm;
  beforeAll(async () => {
    orm = await openTestOrm([AgentEntity]);
  });
  afterAll(() => orm.close());

  agentStoreContract(
    async () => {
      await orm.database.query('truncate agents cascade');
      return new PostgresAgentsStore(orm.work);
    },
    (work) => orm.work.transactional(work),
  );
});

describe('agents in memory', () => {
  agentStoreContract(
    () => Promise.resolve(new InMemoryAgentsStore()),
    (work) => work(),
  );
});
