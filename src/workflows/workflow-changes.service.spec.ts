import { beforeEach, describe, expect, it } from '@jest/globals';
import { FixedPorts } from '../../test/doubles/fixed-ports.js';
import { InMemoryAgentsStore } from '../../test/doubles/in-memory-agents.store.js';
import { InMemoryPlansStore } from '../../test/doubles/in-memory-plans.store.js';
import { InMemoryWorkflowsStore } from '../../test/doubles/in-memory-workflows.store.js';
import { ManualClock } from '../../test/doubles/manual-clock.js';
import { NoTransactions } from '../../test/doubles/no-transactions.js';
import { fewTaskTypes } from '../../test/doubles/task-types.js';
import { anAgent } from '../../test/factories/agent.factory.js';
import { aDefinition, aWorkflow } from '../../test/factories/workflow.factory.js';
import { AgentsService } from '../agents/agents.service.js';
import { etagOf } from '../common/http/etag.js';
import { newId } from '../common/ids.js';
import { DefinitionChecker } from './definition-checker.service.js';
import { RUN_PLANS } from './run-plans.port.js';
import { WorkflowChangesService } from './workflow-changes.service.js';
import { WorkflowRemovalService } from './workflow-removal.service.js';
import { settableFields } from './workflow.js';
import { createWorkflowSchema } from './workflows.schemas.js';
import { WorkflowsService } from './workflows.service.js';

const owner = anAgent();
const NOW = '2026-12-01T00:00:00.000Z';
const newWorkflow = (fields: object = {}) =>
  createWorkflowSchema.parse({ name: 'new', ownerAgentId: owner.id, ...fields });

describe('workflows', () => {
  let store: InMemoryWorkflowsStore;
  let ports: FixedPorts;
  let changes: WorkflowChangesService;
  let removal: WorkflowRemovalService;
  let workflows: WorkflowsService;
  const stored = aWorkflow({ ownerAgentId: owner.id, definitionVersion: 3 });
  beforeEach(async () => {
    store = new InMemoryWorkflowsStore();
    ports = new FixedPorts();
    const work = new NoTransactions();
    const agents = new AgentsService(new InMemoryAgentsStore([owner]), ports);
    const checker = new DefinitionChecker(agents, fewTaskTypes(), ports);
    changes = new WorkflowChangesService(store, checker, agents, work, new ManualClock(NOW));
    removal = new WorkflowRemovalService(store, work, ports);
    workflows = new WorkflowsService(store, checker, new InMemoryPlansStore());
    await store.insert(stored, aDefinition(1));
  });

  describe('create', () => {
    it('counts the first definition as version 1', async () => {
      const workflow = await changes.create(newWorkflow({ definition: aDefinition(2) }));
      expect(await store.find(workflow.id)).toEqual({
        id: workflow.id,
        name: 'new',
        description: '',
        ownerAgentId: owner.id,
        status: 'active',
        definitionVersion: 1,
        settings: {
          budgetUsd: null,
          budgetPeriod: 'none',
          runBudgetUsd: null,
          onBudgetExhausted: 'twin',
          requireApprovedPlan: false,
        },
        createdAt: new Date(NOW),
        updatedAt: new Date(NOW),
      });
      expect(await store.findDefinition(workflow.id)).toEqual(aDefinition(2));
    });

    it('needs no definition', async () => {
      const workflow = await changes.create(newWorkflow());
      expect(workflow.definitionVersion).toBe(0);
      expect(await store.findDefinition(workflow.id)).toBeNull();
    });

    it('takes the id it is given', async () => {
      const id = newId();
      expect((await changes.create(newWorkflow(), id)).id).toBe(id);
    });

    it('stores nothing with an invalid definition, null included', async () => {
      for (const definition of [null, { tasks: [] }, { tasks: [{ taskId: 'a', taskType: 'x.y' }] }]) {
        await expect(changes.create(newWorkflow({ definition }))).rejects.toMatchObject({
          code: 'invalid_definition',
        });
      }
      expect(await store.countOwnedBy(owner.id)).toBe(1);
    });

    it.each([[{}], [{ definition: aDefinition() }]])('refuses an unknown owner with %j', async (fields) => {
      await expect(changes.create(newWorkflow({ ownerAgentId: newId(), ...fields }))).rejects.toMatchObject({
        code: 'unknown_agent',
        issues: [{ pointer: '/ownerAgentId' }],
      });
    });
  });

  describe('patch', () => {
    it('changes the given fields and the time only', async () => {
      await changes.patch(stored.id, { status: 'archived' }, undefined);
      expect(await store.find(stored.id)).toEqual({
        ...stored,
        status: 'archived',
        updatedAt: new Date(NOW),
      });
    });

    it('leaves the time of a workflow that it does not change', async () => {
      for (const patch of [{}, { name: stored.name }]) {
        expect(await changes.patch(stored.id, patch, undefined)).toEqual(stored);
        expect(await store.find(stored.id)).toEqual(stored);
      }
    });

    it('honours If-Match', async () => {
      const current = etagOf(settableFields(stored));
      await changes.patch(stored.id, { name: 'renamed' }, current);
      await expect(changes.patch(stored.id, { name: 'again' }, current)).rejects.toMatchObject({
        code: 'stale',
      });
    });

    it('fails for an unknown workflow', async () => {
      await expect(changes.patch(newId(), {}, undefined)).rejects.toMatchObject({
        code: 'workflow_not_found',
      });
    });
  });

  describe('putDefinition', () => {
    const put = (value: unknown, ifMatch?: string) => changes.putDefinition(stored.id, value, ifMatch);

    it('stores the definition with its defaults and counts the version up', async () => {
      const sent = { tasks: [{ taskType: 'timer.wait', taskId: 'wait', parameters: { seconds: 2 } }] };
      expect(await put(sent)).toEqual(aDefinition(2));
      expect(await store.findDefinition(stored.id)).toEqual(aDefinition(2));
      expect(await store.find(stored.id)).toMatchObject({ definitionVersion: 4, updatedAt: new Date(NOW) });
    });

    it('leaves the version with an equal definition, whatever its order and defaults', async () => {
      const sent = { tasks: [{ taskType: 'timer.wait', parameters: { seconds: 1 }, taskId: 'wait' }] };
      expect(await put(sent)).toEqual(aDefinition(1));
      expect(await store.find(stored.id)).toEqual(stored);
    });

    it('refuses an invalid one with pointers into the body and stores nothing', async () => {
      await expect(put({ tasks: [{ taskId: 'a', taskType: 'x.y' }] })).rejects.toMatchObject({
        code: 'invalid_definition',
        issues: [{ pointer: '/tasks/0/taskType' }],
      });
      expect(await store.findDefinition(stored.id)).toEqual(aDefinition(1));
    });

    it('honours If-Match of the definition', async () => {
      const current = etagOf(aDefinition(1));
      await put(aDefinition(2), current);
      await expect(put(aDefinition(3), current)).rejects.toMatchObject({ code: 'stale' });
      expect(await store.findDefinition(stored.id)).toEqual(aDefinition(2));
    });

    it('fails for an unknown workflow', async () => {
      await expect(changes.putDefinition(newId(), aDefinition(), undefined)).rejects.toMatchObject({
        code: 'workflow_not_found',
      });
    });
  });

  describe('remove', () => {
    it('deletes a workflow without live runs', async () => {
      await removal.remove(stored.id, undefined);
      expect(await store.find(stored.id)).toBeNull();
    });

    it('refuses while runs are live', async () => {
      ports.with(RUN_PLANS, {
        ...RUN_PLANS.fallback,
        countLiveRuns: (id) => Promise.resolve(id === stored.id ? 2 : 0),
      });
      await expect(removal.remove(stored.id, undefined)).rejects.toMatchObject({
        code: 'workflow_running',
        kind: 'conflict',
        message: expect.stringContaining('2 live runs'),
      });
      expect(await store.find(stored.id)).toEqual(stored);
    });

    it('honours If-Match and fails for an unknown workflow', async () => {
      await expect(removal.remove(stored.id, '"old"')).rejects.toMatchObject({ code: 'stale' });
      await expect(removal.remove(newId(), undefined)).rejects.toMatchObject({ code: 'workflow_not_found' });
    });
  });

  describe('lockForStart', () => {
    it('answers the workflow with its definition', async () => {
      expect(await workflows.lockForStart(stored.id)).toEqual({
        workflow: stored,
        definition: aDefinition(1),
      });
    });

    it('refuses an unknown or archived workflow and one without a definition', async () => {
      const [archived, empty] = [
        aWorkflow({ ownerAgentId: owner.id, status: 'archived' }),
        aWorkflow({ ownerAgentId: owner.id }),
      ];
      await store.insert(archived, aDefinition());
      await store.insert(empty, null);
      await expect(workflows.lockForStart(newId())).rejects.toMatchObject({ code: 'workflow_not_found' });
      await expect(workflows.lockForStart(archived.id)).rejects.toMatchObject({
        code: 'workflow_archived',
        kind: 'conflict',
      });
      await expect(workflows.lockForStart(empty.id)).rejects.toMatchObject({
        code: 'definition_missing',
        kind: 'conflict',
      });
    });
  });
});
