import { describe, expect, it } from '@jest/globals';
import { InMemoryAgentsStore } from '../../test/doubles/in-memory-agents.store.js';
import { FixedPorts } from '../../test/doubles/fixed-ports.js';
import { anAgent } from '../../test/factories/agent.factory.js';
import { newId } from '../common/ids.js';
import { AGENT_LOAD } from './agent-load.port.js';
import { AgentsService } from './agents.service.js';
import type { Agent } from './domain/agent.js';

const owner = anAgent({ name: 'owner', capabilities: ['file.*'] });
const web = anAgent({ name: 'web', parentAgentId: owner.id, capabilities: ['http.*', 'text.render'] });
const writer = anAgent({ name: 'writer', parentAgentId: web.id, capabilities: ['text.render'] });
const stranger = anAgent({ name: 'stranger', capabilities: ['*'] });

function open(
  loads: Readonly<Record<string, number>> = {},
  agents: Agent[] = [owner, web, writer, stranger],
) {
  const asked: (readonly string[])[] = [];
  const ports = new FixedPorts().with(AGENT_LOAD, {
    liveTaskCounts: (ids) => {
      asked.push(ids);
      return Promise.resolve(new Map(Object.entries(loads)));
    },
  });
  return { service: new AgentsService(new InMemoryAgentsStore(agents), ports), asked };
}

const alone = (...taskTypes: string[]) => new Map(taskTypes.map((taskType) => [taskType, [taskType]]));

describe('AgentsService.route', () => {
  it('routes inside the owner’s subtree only, null where nobody there is capable', async () => {
    const { service } = open();
    expect(await service.route(owner.id, alone('file.read', 'http.request', 'timer.wait'))).toEqual(
      new Map([
        ['file.read', owner.id],
        ['http.request', web.id],
        ['timer.wait', null],
      ]),
    );
  });

  it('asks for the load of tied agents, once', async () => {
    const { service, asked } = open({ [web.id]: 2, [writer.id]: 1 });
    const routes = await service.route(owner.id, alone('text.render', 'http.request'));
    expect(routes.get('text.render')).toBe(writer.id);
    expect(asked).toEqual([[web.id, writer.id]]);
  });

  it('prefers who covers all types of a demand, and answers by its key', async () => {
    const { service, asked } = open();
    const demands = new Map([
      ['render', ['text.render', 'http.request']],
      ['read', ['file.read', 'text.render']],
    ]);
    expect(await service.route(owner.id, demands)).toEqual(
      new Map([
        ['render', web.id],
        ['read', null],
      ]),
    );
    expect(asked).toEqual([]);
  });

  it('asks for no load when nothing is tied', async () => {
    const { service, asked } = open();
    await service.route(owner.id, alone('http.request'));
    expect(asked).toEqual([]);
  });

  it('routes nothing for an unknown owner', async () => {
    expect(await open().service.route(newId(), alone('http.request'))).toEqual(
      new Map([['http.request', null]]),
    );
  });
});

describe('AgentsService.hierarchy', () => {
  it('shows the tree below with the load of each agent, asked for once', async () => {
    const { service, asked } = open({ [writer.id]: 7 });
    const tree = await service.hierarchy(owner.id);
    expect(tree.children[0]?.children[0]).toMatchObject({
      name: 'writer',
      liveTasks: 7,
      depth: 2,
      children: [],
    });
    expect(asked).toEqual([[owner.id, web.id, writer.id]]);
  });

  it('is cut at 1,000 agents', async () => {
    const children = Array.from({ length: 1_200 }, (_, at) =>
      anAgent({ name: `${at}`, parentAgentId: owner.id }),
    );
    const tree = await open({}, [owner, ...children]).service.hierarchy(owner.id);
    expect([tree.children.length, tree.childCount]).toEqual([999, 1_200]);
  });

  it('fails for an unknown agent', async () => {
    await expect(open().service.hierarchy(newId())).rejects.toMatchObject({ code: 'agent_not_found' });
  });
});

describe('AgentsService.list', () => {
  it('pages through all agents without repeating one', async () => {
    const { service } = open();
    const first = await service.list({ limit: 3 });
    const second = await service.list({ limit: 3, cursor: first.nextCursor as string });
    expect(first.items.map(({ name }) => name)).toEqual(['owner', 'web', 'writer']);
    expect(second).toEqual({ items: [stranger], nextCursor: null });
  });

  it.each(['{"list":"agents","after":"http.request"}', `{"list":"runs","after":"${newId()}"}`])(
    'refuses %s, which is no cursor of agents',
    async (text) => {
      const cursor = Buffer.from(text).toString('base64url');
      const listed = open().service.list({ limit: 3, cursor });
      await expect(listed).rejects.toMatchObject({ code: 'invalid_cursor' });
    },
  );
});
