import { FixedPorts } from '../../doubles/fixed-ports.js';
import { afterAll, beforeAll, describe } from '@jest/globals';
import { AgentEntity } from '../../../src/agents/adapters/agent.entity.js';
import { PostgresAgentsStore } from '../../../src/agents/adapters/postgres-agents.store.js';
import { newId } from '../../../src/common/ids.js';
import { PostgresWorkflowsStore } from '../../../src/workflows/adapters/postgres-workflows.store.js';
import { WorkflowEntity } from '../../../src/workflows/adapters/workflow.entity.js';
import { workflowStoreContract } from '../../contracts/workflow-store.contract.js';
import { InMemoryWorkflowsStore } from '../../doubles/in-memory-workflows.store.js';
import { anAgent } from '../../factories/agent.factory.js';
import { openTestOrm, type TestOrm } from '../../support/test-orm.js';

describe('workflows in PostgreSQL', () => {
  let orm: TestOrm;
  const owners = [newId(), newId()] as const;
  beforeAll(async () => {
    orm = await openTestOrm([AgentEntity, WorkflowEntity]);
    const agents = new PostgresAgentsStore(orm.work);
    for (const id of owners) await agents.insert(anAgent({ id }));
  });
  afterAll(() => orm.close());

  workflowStoreContract(
    async () => {
      await orm.database.query('truncate workflows cascade');
      return { store: new PostgresWorkflowsStore(orm.work, new FixedPorts()), owners };
    },
    (work) => orm.work.transactional(work),
  );
});

describe('workflows in memory', () => {
  workflowStoreContract(
    () => Promise.resolve({ store: new InMemoryWorkflowsStore(), owners: [newId(), newId()] }),
    (work) => work(),
  );
});
