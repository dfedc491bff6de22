import { InMemoryPlansStore } from '../../doubles/in-memory-plans.store.js';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { AgentEntity } from '../../../src/agents/adapters/agent.entity.js';
import { PostgresAgentsStore } from '../../../src/agents/adapters/postgres-agents.store.js';
import { AgentChangesService } from '../../../src/agents/agent-changes.service.js';
import { AgentsService } from '../../../src/agents/agents.service.js';
import { OWNED_WORKFLOWS } from '../../../src/agents/owned-workflows.port.js';
import { PostgresWorkflowsStore } from '../../../src/workflows/adapters/postgres-workflows.store.js';
import { StoredWorkflowOwnership } from '../../../src/workflows/adapters/stored-workflow-ownership.js';
import { WorkflowEntity } from '../../../src/workflows/adapters/workflow.entity.js';
import { DefinitionChecker } from '../../../src/workflows/definition-checker.service.js';
import { RUN_PLANS } from '../../../src/workflows/run-plans.port.js';
import { WorkflowChangesService } from '../../../src/workflows/workflow-changes.service.js';
import { WorkflowRemovalService } from '../../../src/workflows/workflow-removal.service.js';
import { createWorkflowSchema } from '../../../src/workflows/workflows.schemas.js';
import { WorkflowsService } from '../../../src/workflows/workflows.service.js';
import { FixedPorts } from '../../doubles/fixed-ports.js';
import { ManualClock } from '../../doubles/manual-clock.js';
import { fewTaskTypes } from '../../doubles/task-types.js';
import { anAgent } from '../../factories/agent.factory.js';
import { aDefinition, aWorkflow } from '../../factories/workflow.factory.js';
import { testConfig } from '../../support/test-app.js';
import { openTestOrm, type TestOrm } from '../../support/test-orm.js';
import { hold, untilBlocked } from '../../support/until-blocked.js';

/** The services on PostgreSQL, with live runs counted in `runs` as `execution` does. */
function services(orm: TestOrm) {
  const { work } = orm;
  const [agentsStore, store] = [
    new PostgresAgentsStore(work),
    new PostgresWorkflowsStore(work, new FixedPorts()),
  ];
  const ports = new FixedPorts().with(OWNED_WORKFLOWS, new StoredWorkflowOwnership(store)).with(RUN_PLANS, {
    ...RUN_PLANS.fallback,
    countLiveRuns: async (id) => {
      const text = 'select id from runs where workflow_id = $1 and finished_at is null';
      return (await work.query({ text, values: [id] })).length;
    },
  });
  const clock = new ManualClock();
  const agents = new AgentsService(agentsStore, ports);
  const checker = new DefinitionChecker(agents, fewTaskTypes(), ports);
  return {
    agentsStore,
    store,
    agentChanges: new AgentChangesService(agentsStore, work, ports, clock, testConfig('')),
    changes: new WorkflowChangesService(store, checker, agents, work, clock),
    removal: new WorkflowRemovalService(store, work, ports),
    workflows: new WorkflowsService(store, checker, new InMemoryPlansStore()),
  };
}

describe('workflows changed at the same moment', () => {
  let orm: TestOrm;
  let on: ReturnType<typeof services>;
  let workflow = aWorkflow({ ownerAgentId: '' });
  let owner = anAgent();
  const inTransaction = <T>(work: () => Promise<T>) =>
    hold((body: () => Promise<void>) => orm.work.transactional(body), work);
  /** What `execution` does: hold the workflow, insert the run. */
  const start = async (): Promise<void> => {
    const { definition } = await on.workflows.lockForStart(workflow.id);
    await orm.work.query({
      text: `insert into runs (id, workflow_id, status, definition) values (gen_random_uuid(), $1, 'queued', $2)`,
      values: [workflow.id, JSON.stringify(definition)],
    });
  };

  beforeAll(async () => {
    orm = await openTestOrm([AgentEntity, WorkflowEntity]);
    on = services(orm);
  });
  beforeEach(async () => {
    owner = anAgent();
    workflow = aWorkflow({ ownerAgentId: owner.id, definitionVersion: 1 });
    await on.agentsStore.insert(owner);
    await on.store.insert(workflow, aDefinition(1));
  });
  afterAll(() => orm.close());

  it('keep a workflow that is started while it is deleted', async () => {
    const starting = inTransaction(start);
    await starting.done;
    const refused = expect(on.removal.remove(workflow.id, undefined)).rejects.toMatchObject({
      code: 'workflow_running',
    });
    await untilBlocked(orm.database);
    await starting.release();
    await refused;
  });

  it('start no workflow that is being deleted', async () => {
    const deleting = inTransaction(() => on.removal.remove(workflow.id, undefined));
    await deleting.done;
    const refused = expect(orm.work.transactional(start)).rejects.toMatchObject({
      code: 'workflow_not_found',
    });
    await untilBlocked(orm.database);
    await deleting.release();
    await refused;
  });

  it('start a workflow twice at once without waiting', async () => {
    const first = inTransaction(start);
    await first.done;
    await orm.work.transactional(start);
    await first.release();
  });

  it('count every one of many new definitions', async () => {
    const puts = [2, 3, 4, 5, 6].map((seconds) =>
      on.changes.putDefinition(workflow.id, aDefinition(seconds), undefined),
    );
    await Promise.all(puts);
    expect((await on.store.find(workflow.id))?.definitionVersion).toBe(6);
  });

  it('keep an agent that gets a workflow while it is deleted', async () => {
    const heir = anAgent();
    await on.agentsStore.insert(heir);
    const creating = inTransaction(() =>
      on.changes.create(createWorkflowSchema.parse({ name: 'new', ownerAgentId: heir.id })),
    );
    await creating.done;
    const refused = expect(on.agentChanges.remove(heir.id, undefined)).rejects.toMatchObject({
      code: 'agent_in_use',
    });
    await untilBlocked(orm.database);
    await creating.release();
    await refused;
  });

  it('give no workflow to an agent that is being deleted', async () => {
    const leaver = anAgent();
    await on.agentsStore.insert(leaver);
    const deleting = inTransaction(() => on.agentChanges.remove(leaver.id, undefined));
    await deleting.done;
    const refused = expect(
      on.changes.create(createWorkflowSchema.parse({ name: 'new', ownerAgentId: leaver.id })),
    ).rejects.toMatchObject({ code: 'unknown_agent' });
    await untilBlocked(orm.database);
    await deleting.release();
    await refused;
  });
});
