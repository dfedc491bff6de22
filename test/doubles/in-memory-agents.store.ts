import { type AgentFilter, AgentsStore, type SubtreeAgent } from '../../src/agents/agents.store.port.js';
import type { Agent, ChildIds, LlmConfig } from '../../src/agents/domain/agent.js';
import type { AgentNode } from '../../src/agents/domain/hierarchy.js';
import { covers } from '../../src/tasks/domain/capability.js';

type Placed = { readonly agent: Agent; readonly level: number };

const byId = (a: Agent, b: Agent): number => (a.id < b.id ? -1 : 1);

/** Passes the same contract as PostgreSQL's store, but for locks: only one unit of work runs at a time. */
export class InMemoryAgentsStore extends AgentsStore {
  private readonly agents = new Map<string, Agent>();

  constructor(agents: readonly Agent[] = []) {
    super();
    for (const agent of agents) this.agents.set(agent.id, agent);
  }

  override insert(agent: Agent): Promise<void> {
    const { parentAgentId } = agent;
    if (parentAgentId !== null && !this.agents.has(parentAgentId)) {
      return Promise.reject(new Error(`There is no parent ${parentAgentId}`));
    }
    this.agents.set(agent.id, agent);
    return Promise.resolve();
  }

  override find(id: string): Promise<Agent | null> {
    return Promise.resolve(this.agents.get(id) ?? null);
  }

  override idsAboveBasic(): Promise<readonly string[]> {
    const above = [...this.agents.values()].filter(({ intelligenceLevel }) => intelligenceLevel !== 'basic');
    return Promise.resolve(above.map(({ id }) => id));
  }

  override lock(id: string): Promise<Agent | null> {
    return this.find(id);
  }

  override lockHierarchy(): Promise<void> {
    return Promise.resolve();
  }

  override update(agent: Agent): Promise<void> {
    const known = this.agents.get(agent.id);
    if (known !== undefined) this.agents.set(agent.id, { ...agent, createdAt: known.createdAt });
    return Promise.resolve();
  }

  override delete(id: string): Promise<void> {
    this.agents.delete(id);
    return Promise.resolve();
  }

  override list(filter: AgentFilter, after: string | null, limit: number): Promise<Agent[]> {
    const { capability, ...equal } = filter;
    const matches = (agent: Agent): boolean =>
      Object.entries(equal).every(([field, value]) => agent[field as keyof Agent] === value) &&
      (capability === undefined ||
        agent.capabilities.some((own) => own === capability || covers(own, capability)));
    const found = this.sorted().filter((agent) => matches(agent) && (after === null || agent.id > after));
    return Promise.resolve(found.slice(0, limit));
  }

  override childIds(parentIds: readonly string[]): Promise<ChildIds> {
    const wanted = parentIds.map((id): [string, string[]] => [
      id,
      this.childrenOf(id).map((child) => child.id),
    ]);
    return Promise.resolve(new Map(wanted.filter(([, ids]) => ids.length > 0)));
  }

  override pathToRoot(id: string): Promise<string[]> {
    const path: string[] = [];
    for (let agent = this.agents.get(id); agent !== undefined;) {
      path.push(agent.id);
      agent = agent.parentAgentId === null ? undefined : this.agents.get(agent.parentAgentId);
    }
    return Promise.resolve(path);
  }

  override subtree(ownerId: string): Promise<SubtreeAgent[]> {
    const agents = this.levels(ownerId).map(({ agent }) => agent);
    const members = agents.sort(byId);
    return Promise.resolve(
      members.map(({ id, name, capabilities, status, maxConcurrentTasks }) => ({
        ...{ id, name, capabilities, status, maxConcurrentTasks },
      })),
    );
  }

  override llmConfigs(ids: readonly string[]): Promise<ReadonlyMap<string, LlmConfig>> {
    const found = ids.map((id): [string, LlmConfig | null] => [id, this.agents.get(id)?.llmConfig ?? null]);
    return Promise.resolve(new Map(found.filter((entry): entry is [string, LlmConfig] => entry[1] !== null)));
  }

  override nodes(rootId: string, maxAgents: number, maxDepth: number): Promise<AgentNode[]> {
    const placed = this.levels(rootId).filter(({ level }) => level <= maxDepth);
    const nodes = placed.slice(0, maxAgents).map(({ agent }) => {
      const { id, name, status, capabilities, parentAgentId, maxConcurrentTasks } = agent;
      return {
        id,
        name,
        status,
        capabilities,
        parentAgentId,
        maxConcurrentTasks,
        childCount: this.childrenOf(id).length,
      };
    });
    return Promise.resolve(nodes);
  }

  private levels(rootId: string): Placed[] {
    const root = this.agents.get(rootId);
    const placed: Placed[] = root === undefined ? [] : [{ agent: root, level: 1 }];
    for (const { agent, level } of placed) {
      placed.push(...this.childrenOf(agent.id).map((child) => ({ agent: child, level: level + 1 })));
    }
    return placed;
  }

  private childrenOf(parentId: string): Agent[] {
    return this.sorted().filter((agent) => agent.parentAgentId === parentId);
  }

  private sorted(): Agent[] {
    return [...this.agents.values()].sort(byId);
  }
}
