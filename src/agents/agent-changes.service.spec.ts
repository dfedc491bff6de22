import { beforeEach, describe, expect, it } from '@jest/globals';
import { FixedPorts } from '../../test/doubles/fixed-ports.js';
import { InMemoryAgentsStore } from '../../test/doubles/in-memory-agents.store.js';
import { ManualClock } from '../../test/doubles/manual-clock.js';
import { NoTransactions } from '../../test/doubles/no-transactions.js';
import { anAgent } from '../../test/factories/agent.factory.js';
import { etagOf } from '../common/http/etag.js';
import { newId } from '../common/ids.js';
import type { AppConfig } from '../config/config.js';
import { AGENT_LOAD } from './agent-load.port.js';
import { AgentChangesService } from './agent-changes.service.js';
import { createAgentSchema, createChildAgentSchema } from './agents.schemas.js';
import { settableFields } from './domain/agent.js';
import { OWNED_WORKFLOWS } from './owned-workflows.port.js';

const root = anAgent({ name: 'root', capabilities: ['http.*'] });
const child = anAgent({ name: 'child', parentAgentId: root.id });
const leaf = anAgent({ name: 'leaf', parentAgentId: child.id });
const retired = anAgent({ name: 'retired', status: 'retired' });

const NOW = '2026-12-01T00:00:00.000Z';
const newAgent = (fields: object) => createAgentSchema.parse({ name: 'new', ...fields });
const newChild = (fields: object = {}) => createChildAgentSchema.parse({ name: 'new', ...fields });

const CONFIG = { newAgents: { intelligenceLevel: 'adaptive', executionMode: 'strict' } } as AppConfig;

describe('AgentChangesService', () => {
  let store: InMemoryAgentsStore;
  let ports: FixedPorts;
  let changes: AgentChangesService;
  beforeEach(() => {
    store = new InMemoryAgentsStore([root, child, leaf, retired]);
    ports = new FixedPorts();
    changes = new AgentChangesService(store, new NoTransactions(), ports, new ManualClock(NOW), CONFIG);
  });

  describe('create', () => {
    it('stores an active root without capabilities unless told otherwise', async () => {
      const agent = await changes.create(newAgent({}));
      expect(await store.find(agent.id)).toEqual({
        id: agent.id,
        name: 'new',
        description: '',
        capabilities: [],
        parentAgentId: null,
        status: 'active',
        maxConcurrentTasks: null,
        llmConfig: null,
        intelligenceLevel: 'adaptive',
        executionMode: 'strict',
        llmCallsCount: 0,
        llmCostSpent: 0n,
        createdAt: new Date(NOW),
        updatedAt: new Date(NOW),
      });
    });

    it('takes the id it is given', async () => {
      const id = newId();
      expect((await changes.create(newAgent({}), id)).id).toBe(id);
    });

    it('refuses an unknown parent', async () => {
      await expect(changes.create(newAgent({ parentAgentId: newId() }))).rejects.toMatchObject({
        code: 'unknown_agent',
        kind: 'invalid',
        issues: [{ pointer: '/parentAgentId' }],
      });
    });

    it('refuses a retired parent', async () => {
      await expect(changes.create(newAgent({ parentAgentId: retired.id }))).rejects.toMatchObject({
        code: 'parent_retired',
      });
    });
  });

  describe('createChild', () => {
    it('copies the capabilities of the parent', async () => {
      const agent = await changes.createChild(root.id, newChild());
      expect(agent).toMatchObject({ parentAgentId: root.id, capabilities: ['http.*'] });
    });

    it('keeps capabilities of its own, also none', async () => {
      expect((await changes.createChild(root.id, newChild({ capabilities: ['x.y'] }))).capabilities).toEqual([
        'x.y',
      ]);
      expect((await changes.createChild(root.id, newChild({ capabilities: [] }))).capabilities).toEqual([]);
    });

    it('refuses an unknown or retired parent', async () => {
      await expect(changes.createChild(newId(), newChild())).rejects.toMatchObject({
        code: 'agent_not_found',
      });
      await expect(changes.createChild(retired.id, newChild())).rejects.toMatchObject({
        code: 'parent_retired',
        kind: 'conflict',
      });
    });
  });

  describe('patch', () => {
    it('changes the given fields and the time only', async () => {
      await changes.patch(child.id, { status: 'paused' }, undefined);
      expect(await store.find(child.id)).toEqual({ ...child, status: 'paused', updatedAt: new Date(NOW) });
    });

    it('leaves the time of an agent that it does not change', async () => {
      for (const patch of [{}, { name: child.name, capabilities: [...child.capabilities] }]) {
        expect(await changes.patch(child.id, patch, undefined)).toEqual(child);
        expect(await store.find(child.id)).toEqual(child);
      }
    });

    it('moves an agent, and to the root with null', async () => {
      await changes.patch(leaf.id, { parentAgentId: root.id }, undefined);
      expect((await store.find(leaf.id))?.parentAgentId).toBe(root.id);
      await changes.patch(leaf.id, { parentAgentId: null }, undefined);
      expect((await store.find(leaf.id))?.parentAgentId).toBeNull();
    });

    it.each([
      ['itself', root.id],
      ['a child', child.id],
      ['a grandchild', leaf.id],
    ])('refuses to move an agent below %s', async (_, parentAgentId) => {
      await expect(changes.patch(root.id, { parentAgentId }, undefined)).rejects.toMatchObject({
        code: 'hierarchy_cycle',
        issues: [{ pointer: '/parentAgentId' }],
      });
      expect(await store.find(root.id)).toEqual(root);
    });

    it('refuses an unknown or retired new parent', async () => {
      const move = (parentAgentId: string) => changes.patch(leaf.id, { parentAgentId }, undefined);
      await expect(move(newId())).rejects.toMatchObject({ code: 'unknown_agent' });
      await expect(move(retired.id)).rejects.toMatchObject({ code: 'parent_retired' });
    });

    it('leaves an agent below a parent that has retired', async () => {
      await changes.patch(child.id, { status: 'retired' }, undefined);
      await changes.patch(leaf.id, { name: 'same place', parentAgentId: child.id }, undefined);
      expect((await store.find(leaf.id))?.name).toBe('same place');
    });

    it('honours If-Match', async () => {
      const current = etagOf(settableFields(root));
      await changes.patch(root.id, { name: 'renamed' }, current);
      await expect(changes.patch(root.id, { name: 'again' }, current)).rejects.toMatchObject({
        code: 'stale',
      });
      expect((await store.find(root.id))?.name).toBe('renamed');
    });

    it('fails for an unknown agent', async () => {
      await expect(changes.patch(newId(), {}, undefined)).rejects.toMatchObject({ code: 'agent_not_found' });
    });
  });

  describe('remove', () => {
    it('deletes an agent on which nothing depends', async () => {
      await changes.remove(leaf.id, undefined);
      expect(await store.find(leaf.id)).toBeNull();
    });

    it('refuses while something depends on it and says what', async () => {
      ports.with(OWNED_WORKFLOWS, { countOwnedBy: (id) => Promise.resolve(id === root.id ? 2 : 0) });
      ports.with(AGENT_LOAD, { liveTaskCounts: ([id]) => Promise.resolve(new Map([[id as string, 5]])) });
      await expect(changes.remove(root.id, undefined)).rejects.toMatchObject({
        code: 'agent_in_use',
        kind: 'conflict',
        details: { reasons: ['1 child agent', '2 workflows it owns', '5 live tasks'] },
      });
      expect(await store.find(root.id)).toEqual(root);
    });

    it('honours If-Match', async () => {
      await expect(changes.remove(leaf.id, '"old"')).rejects.toMatchObject({ code: 'stale' });
    });

    it('fails for an unknown agent', async () => {
      await expect(changes.remove(newId(), undefined)).rejects.toMatchObject({ code: 'agent_not_found' });
    });
  });
});
