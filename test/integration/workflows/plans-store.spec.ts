import { afterAll, beforeAll, describe } from '@jest/globals';
import { AgentEntity } from '../../../src/agents/adapters/agent.entity.js';
import { PostgresAgentsStore } from '../../../src/agents/adapters/postgres-agents.store.js';
import { newId } from '../../../src/common/ids.js';
import { PlanEntity } from '../../../src/workflows/adapters/plan.entity.js';
import { PostgresPlansStore } from '../../../src/workflows/adapters/postgres-plans.store.js';
import { PostgresWorkflowsStore } from '../../../src/workflows/adapters/postgres-workflows.store.js';
import { WorkflowEntity } from '../../../src/workflows/adapters/workflow.entity.js';
import { plansStoreContract } from '../../contracts/plans-store.contract.js';
import { FixedPorts } from '../../doubles/fixed-ports.js';
import { InMemoryPlansStore } from '../../doubles/in-memory-plans.store.js';
import { anAgent } from '../../factories/agent.factory.js';
import { aWorkflow } from '../../factories/workflow.factory.js';
import { openTestOrm, type TestOrm } from '../../support/test-orm.js';

const workflows = [newId(), newId()] as const;

describe('plans in PostgreSQL', () => {
  let orm: TestOrm;
  beforeAll(async () => {
    orm = await openTestOrm([AgentEntity, WorkflowEntity, PlanEntity]);
    const owner = anAgent();
    await new PostgresAgentsStore(orm.work).insert(owner);
    const store = new PostgresWorkflowsStore(orm.work, new FixedPorts());
    for (const id of workflows) await store.insert(aWorkflow({ id, ownerAgentId: owner.id }), null);
  });
  afterAll(() => orm.close());

  plansStoreContract(async () => {
    await orm.database.query('truncate workflow_plans cascade');
    return { store: new PostgresPlansStore(orm.work), workflows };
  });
});

describe('plans in memory', () => {
  plansStoreContract(() => Promise.resolve({ store: new InMemoryPlansStore(), workflows }));
});
