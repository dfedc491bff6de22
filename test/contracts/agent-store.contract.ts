import { beforeEach, describe, expect, it } from '@jest/globals';
import type { AgentsStore } from '../../src/agents/agents.store.port.js';
import { newId } from '../../src/common/ids.js';
import { anAgent } from '../factories/agent.factory.js';

/**
 * What every store of agents does. `open` gives an empty store before each test; `atomically` is its unit of work,
 * which locks need.
 */
export function agentStoreContract(
  open: () => Promise<AgentsStore>,
  atomically: <T>(work: () => Promise<T>) => Promise<T>,
): void {
  let store: AgentsStore;
  beforeEach(async () => {
    store = await open();
  });

  describe('one agent', () => {
    it('is read back as it was stored', async () => {
      const parent = anAgent();
      const agent = anAgent({
        name: 'Näme "x" 🦜',
        description: 'Two\nlines',
        capabilities: ['http.*', 'text.render', '*'],
        parentAgentId: parent.id,
        status: 'paused',
        llmConfig: { provider: 'openai', temperature: 0.25 },
        createdAt: new Date('2026-11-22T09:00:00.123Z'),
        updatedAt: new Date('2026-11-22T09:00:01.456Z'),
      });
      await store.insert(parent);
      await store.insert(agent);
      expect(await store.find(agent.id)).toEqual(agent);
      expect(await store.find(parent.id)).toEqual(parent);
    });

    it('is among those above the lowest level if it is', async () => {
      const [basic, helped] = [
        anAgent(),
        anAgent({ intelligenceLevel: 'autonomous', executionMode: 'creative' }),
      ];
      await store.insert(basic);
      await store.insert(helped);
      expect(await store.idsAboveBasic()).toEqual([helped.id]);
      await store.update({ ...helped, intelligenceLevel: 'basic' });
      await store.update({ ...basic, intelligenceLevel: 'adaptive' });
      expect(await store.idsAboveBasic()).toEqual([basic.id]);
      expect(await store.find(helped.id)).toMatchObject({ executionMode: 'creative' });
    });

    it('may have no capabilities', async () => {
      const agent = anAgent({ capabilities: [] });
      await store.insert(agent);
      expect((await store.find(agent.id))?.capabilities).toEqual([]);
    });

    it('keeps a capability that PostgreSQL has another meaning for', async () => {
      const agent = anAgent({ capabilities: ['null', 'null.*', 'nullable'] });
      await store.insert(agent);
      expect((await store.find(agent.id))?.capabilities).toEqual(agent.capabilities);
      const filter = { capability: 'null' };
      expect((await store.list(filter, null, 10)).map(({ id }) => id)).toEqual([agent.id]);
    });

    it('cannot be stored below an agent that does not exist', async () => {
      const agent = anAgent({ parentAgentId: newId() });
      await expect(store.insert(agent)).rejects.toThrow();
      expect(await store.find(agent.id)).toBeNull();
    });

    it('is null when there is none', async () => {
      expect(await store.find(newId())).toBeNull();
      expect(await atomically(() => store.lock(newId(), 'change'))).toBeNull();
    });

    it('changes in every field but its creation', async () => {
      const [before, parent] = [anAgent({ llmConfig: { model: 'm' } }), anAgent()];
      await store.insert(before);
      await store.insert(parent);
      const after = anAgent({
        id: before.id,
        name: 'Other',
        description: 'New',
        capabilities: [],
        parentAgentId: parent.id,
        status: 'retired',
        llmConfig: null,
        updatedAt: new Date('2027-01-01T00:00:00.000Z'),
      });
      await store.update({ ...after, createdAt: new Date('2001-01-01T00:00:00.000Z') });
      expect(await store.find(before.id)).toEqual(after);
    });

    it('is seen as it was last changed in the same unit of work', async () => {
      const agent = anAgent();
      await store.insert(agent);
      const names = await atomically(async () => {
        const before = [await store.find(agent.id), await store.lock(agent.id, 'change')];
        await store.update({ ...agent, name: 'Changed' });
        const after = [await store.find(agent.id), await store.lock(agent.id, 'use')];
        return [...before, ...after].map((seen) => seen?.name);
      });
      expect(names).toEqual(['Worker', 'Worker', 'Changed', 'Changed']);
    });

    it('is gone once deleted', async () => {
      const [gone, kept] = [anAgent(), anAgent()];
      await store.insert(gone);
      await store.insert(kept);
      await store.delete(gone.id);
      expect(await store.find(gone.id)).toBeNull();
      expect(await store.find(kept.id)).toEqual(kept);
    });
  });

  describe('list', () => {
    const [root, child, other] = [
      anAgent({ name: 'root', capabilities: ['*'] }),
      anAgent({ name: 'child', capabilities: ['http.*', 'text.render'], status: 'paused' }),
      anAgent({ name: 'other', capabilities: ['http.request'] }),
    ] as const;
    beforeEach(async () => {
      await store.insert(root);
      await store.insert({ ...child, parentAgentId: root.id });
      await store.insert({ ...other, parentAgentId: root.id, status: 'paused' });
    });
    const names = async (
      ...[filter, after, limit]: Partial<Parameters<AgentsStore['list']>>
    ): Promise<string[]> =>
      (await store.list(filter ?? {}, after ?? null, limit ?? 10)).map((agent) => agent.name);

    it('is in order of id', async () => expect(await names()).toEqual(['root', 'child', 'other']));
    it('goes on after an id', async () => expect(await names({}, root.id)).toEqual(['child', 'other']));
    it('is cut at the limit', async () => expect(await names({}, root.id, 1)).toEqual(['child']));
    it('shows the children of an agent', async () =>
      expect(await names({ parentAgentId: root.id })).toEqual(['child', 'other']));
    it('shows agents of a status', async () => expect(await names({ status: 'active' })).toEqual(['root']));
    it('shows agents of a name', async () => expect(await names({ name: 'other' })).toEqual(['other']));
    it('shows agents with an exact or wider capability', async () =>
      expect(await names({ capability: 'http.request' })).toEqual(['root', 'child', 'other']));
    it('shows agents that cover a pattern', async () =>
      expect(await names({ capability: 'http.*' })).toEqual(['root', 'child']));
    it('shows agents to which all filters apply', async () =>
      expect(await names({ capability: 'text.render', status: 'paused' })).toEqual(['child']));
  });

  describe('hierarchy', () => {
    // root has a and b, a has c, c has d; alone stands beside.
    const root = anAgent({ name: 'root' });
    const a = anAgent({ name: 'a', parentAgentId: root.id, capabilities: ['http.*'], status: 'paused' });
    const b = anAgent({ name: 'b', parentAgentId: root.id });
    const c = anAgent({ name: 'c', parentAgentId: a.id });
    const d = anAgent({ name: 'd', parentAgentId: c.id });
    const alone = anAgent({ name: 'alone' });
    beforeEach(async () => {
      for (const agent of [root, a, b, c, d, alone]) await store.insert(agent);
    });
    const shown = async (id: string, maxAgents: number, maxDepth: number): Promise<string[]> =>
      (await store.nodes(id, maxAgents, maxDepth)).map((node) => `${node.name}:${node.childCount}`);

    it('knows the children of each asked parent', async () => {
      const children = await store.childIds([root.id, c.id, alone.id, newId()]);
      expect(children).toEqual(
        new Map([
          [root.id, [a.id, b.id]],
          [c.id, [d.id]],
        ]),
      );
    });

    it('knows the way up, the agent itself included', async () => {
      expect(new Set(await store.pathToRoot(d.id))).toEqual(new Set([d.id, c.id, a.id, root.id]));
      expect(await store.pathToRoot(newId())).toEqual([]);
    });

    it('knows the subtree of an owner with capabilities and status, in order of id', async () => {
      const { id, name, capabilities, status, maxConcurrentTasks: most } = a;
      const members = await store.subtree(a.id);
      expect(members.map((member) => member.name)).toEqual(['a', 'c', 'd']);
      expect(members[0]).toEqual({ ...{ id, name, capabilities, status }, maxConcurrentTasks: most });
    });

    it('has no subtree below an unknown owner', async () => expect(await store.subtree(newId())).toEqual([]));

    it('shows nodes level by level with the number of their children', async () =>
      expect(await shown(root.id, 100, 100)).toEqual(['root:2', 'a:1', 'b:0', 'c:1', 'd:0']));
    it('shows the whole node', async () => {
      const { id, name, capabilities, status, parentAgentId, maxConcurrentTasks } = a;
      const [node] = await store.nodes(a.id, 1, 100);
      const shown = { id, name, capabilities, status, parentAgentId, maxConcurrentTasks };
      expect(node).toEqual({ ...shown, childCount: 1 });
    });
    it('stops at the number of agents', async () =>
      expect(await shown(root.id, 3, 100)).toEqual(['root:2', 'a:1', 'b:0']));
    it('stops at the number of levels', async () =>
      expect(await shown(root.id, 100, 3)).toEqual(['root:2', 'a:1', 'b:0', 'c:1']));
    it('shows nothing below an unknown agent', async () => expect(await shown(newId(), 9, 9)).toEqual([]));
  });
}
