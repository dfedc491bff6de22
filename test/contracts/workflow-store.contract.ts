import { beforeEach, describe, expect, it } from '@jest/globals';
import { newId } from '../../src/common/ids.js';
import type { Definition } from '../../src/workflows/domain/definition.js';
import type { WorkflowsStore } from '../../src/workflows/workflows.store.port.js';
import { aDefinition, aWorkflow } from '../factories/workflow.factory.js';

export interface OpenWorkflowsStore {
  readonly store: WorkflowsStore;
  /** Agents that exist. */
  readonly owners: readonly [string, string];
}

/** What every store of workflows does. `open` gives an empty store before each test. */
export function workflowStoreContract(
  open: () => Promise<OpenWorkflowsStore>,
  atomically: <T>(work: () => Promise<T>) => Promise<T>,
): void {
  let store: WorkflowsStore;
  let owners: readonly [string, string];
  beforeEach(async () => {
    ({ store, owners } = await open());
  });

  it('reads a workflow back as it was stored', async () => {
    const workflow = aWorkflow({
      ownerAgentId: owners[1],
      name: 'Näme 🦜',
      description: 'Two\nlines',
      status: 'archived',
      definitionVersion: 7,
      createdAt: new Date('2026-11-22T09:00:00.123Z'),
      updatedAt: new Date('2026-11-22T09:00:01.456Z'),
    });
    await store.insert(workflow, null);
    expect(await store.find(workflow.id)).toEqual(workflow);
    const { ownerAgentId, status } = workflow;
    expect(await store.findOwner(workflow.id)).toEqual({ ownerAgentId, status });
    expect(await store.findDefinition(workflow.id)).toBeNull();
  });

  it('reads a definition back with everything it has', async () => {
    const definition: Definition = {
      tasks: [
        {
          taskId: 'ask',
          taskType: 'http.request',
          description: 'Ä',
          parameters: { url: 'https://x.test', body: [1, null, { deep: [true, 1.5, '"'] }] },
          dependencies: [],
          agentId: owners[0],
          estimatedDurationSeconds: 0.25,
          timeoutSeconds: 3,
          priority: 9,
          optional: true,
          retry: { maxAttempts: 3, initialDelaySeconds: 0.5, maxDelaySeconds: 60 },
        },
        {
          taskId: 'wait',
          taskType: 'timer.wait',
          parameters: { seconds: 0 },
          dependencies: ['ask'],
          when: { value: '{{ tasks.ask.result.status }}', equals: null },
        },
      ],
      output: { status: '{{ tasks.ask.result.status }}' },
      timeoutSeconds: 60,
      inputSchema: { type: 'object', properties: { name: { type: 'string' } } },
    };
    const workflow = aWorkflow({ ownerAgentId: owners[0], definitionVersion: 1 });
    await store.insert(workflow, definition);
    expect(await store.findDefinition(workflow.id)).toEqual(definition);
  });

  it('answers null for an unknown workflow', async () => {
    expect(await store.find(newId())).toBeNull();
    expect(await store.findOwner(newId())).toBeNull();
    expect(await store.findDefinition(newId())).toBeNull();
    expect(await atomically(() => store.lock(newId(), 'use'))).toBeNull();
  });

  it('changes a workflow in every field but its creation and its definition', async () => {
    const before = aWorkflow({ ownerAgentId: owners[0] });
    await store.insert(before, aDefinition(4));
    const after = aWorkflow({
      id: before.id,
      ownerAgentId: owners[1],
      name: 'Other',
      description: 'New',
      status: 'archived',
      definitionVersion: 3,
      updatedAt: new Date('2027-01-01T00:00:00.000Z'),
    });
    await store.update({ ...after, createdAt: new Date('2001-01-01T00:00:00.000Z') });
    expect(await store.find(before.id)).toEqual(after);
    expect(await store.findDefinition(before.id)).toEqual(aDefinition(4));
  });

  it('replaces a definition', async () => {
    const workflow = aWorkflow({ ownerAgentId: owners[0] });
    await store.insert(workflow, aDefinition(1));
    await store.updateDefinition(workflow.id, aDefinition(2));
    expect(await store.findDefinition(workflow.id)).toEqual(aDefinition(2));
  });

  it('sees what was changed earlier in the same unit of work', async () => {
    const workflow = aWorkflow({ ownerAgentId: owners[0] });
    await store.insert(workflow, aDefinition(1));
    const seen = await atomically(async () => {
      await store.lock(workflow.id, 'change');
      await store.findDefinition(workflow.id);
      await store.update({ ...workflow, name: 'Changed' });
      await store.updateDefinition(workflow.id, aDefinition(2));
      return [(await store.lock(workflow.id, 'use'))?.name, await store.findDefinition(workflow.id)];
    });
    expect(seen).toEqual(['Changed', aDefinition(2)]);
  });

  it('deletes a workflow with its definition', async () => {
    const [gone, kept] = [aWorkflow({ ownerAgentId: owners[0] }), aWorkflow({ ownerAgentId: owners[0] })];
    await store.insert(gone, aDefinition());
    await store.insert(kept, null);
    await store.delete(gone.id);
    expect(await store.find(gone.id)).toBeNull();
    expect(await store.findDefinition(gone.id)).toBeNull();
    expect(await store.find(kept.id)).toEqual(kept);
  });

  describe('list', () => {
    let ids: string[];
    beforeEach(async () => {
      const workflows = [
        aWorkflow({ ownerAgentId: owners[0], name: 'first' }),
        aWorkflow({ ownerAgentId: owners[1], name: 'second' }),
        aWorkflow({ ownerAgentId: owners[0], name: 'third', status: 'archived' }),
      ];
      ids = workflows.map((workflow) => workflow.id);
      for (const workflow of workflows) await store.insert(workflow, aDefinition());
    });
    const names = async (...[filter, after, limit]: Partial<Parameters<WorkflowsStore['list']>>) =>
      (await store.list(filter ?? {}, after ?? null, limit ?? 10)).map((workflow) => workflow.name);

    it('is in order of id', async () => expect(await names()).toEqual(['first', 'second', 'third']));
    it('goes on after an id', async () => expect(await names({}, ids[0])).toEqual(['second', 'third']));
    it('is cut at the limit', async () => expect(await names({}, ids[0], 1)).toEqual(['second']));
    it('shows workflows of a status', async () =>
      expect(await names({ status: 'archived' })).toEqual(['third']));
    it('shows workflows of an owner', async () =>
      expect(await names({ ownerAgentId: owners[0] })).toEqual(['first', 'third']));
    it('counts the workflows of an owner', async () => {
      expect(await store.countOwnedBy(owners[0])).toBe(2);
      expect(await store.countOwnedBy(newId())).toBe(0);
    });
  });
}
