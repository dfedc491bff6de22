import { Injectable } from '@nestjs/common';
import { type Page, toPage } from '../common/cursor.js';
import { decodeIdCursor } from '../common/id-cursor.js';
import { Ports } from '../common/ports.js';
import { NotFoundError } from '../common/tandem-error.js';
import { AGENT_LOAD } from './agent-load.port.js';
import type { ListAgentsQuery } from './agents.schemas.js';
import { AgentsStore, type SubtreeAgent } from './agents.store.port.js';
import type { Agent, ChildIds, LlmConfig } from './domain/agent.js';
import { type AgentTree, MAX_TREE_AGENTS, MAX_TREE_DEPTH, nestTree } from './domain/hierarchy.js';
import { chooseAll, type Demands, shortlistAll, tiedAgentIds } from './domain/routing.js';

/** In its cursors. */
const LIST = 'agents';

/** Reads agents and their hierarchy, and routes task types among them. */
@Injectable()
export class AgentsService {
  constructor(
    private readonly store: AgentsStore,
    private readonly ports: Ports,
  ) {}

  /** null: there is none. */
  find(id: string): Promise<Agent | null> {
    return this.store.find(id);
  }

  /** Fails as `agent_not_found`. */
  async get(id: string): Promise<Agent> {
    const agent = await this.store.find(id);
    if (agent === null) throw new NotFoundError('agent', id);
    return agent;
  }

  /**
   * The agent, kept from being changed or deleted until the ambient transaction ends: what starts work for it in the
   * same transaction cannot slip past a delete. null: there is none.
   */
  lockForUse(id: string): Promise<Agent | null> {
    return this.store.lock(id, 'use');
  }

  /** The owner and all agents below it, in order of id; empty when there is no such owner. One query. */
  subtree(ownerId: string): Promise<readonly SubtreeAgent[]> {
    return this.store.subtree(ownerId);
  }

  /** Agents whose level lets models be asked. */
  idsAboveBasic(): Promise<readonly string[]> {
    return this.store.idsAboveBasic();
  }

  /** Settings for model calls, of those of the agents that have any. */
  llmConfigs(ids: readonly string[]): Promise<ReadonlyMap<string, LlmConfig>> {
    return this.store.llmConfigs(ids);
  }

  /**
   * The agent of the owner's subtree for each demand, by its key, null where no active agent covers all its types:
   * most specific capability for the first type, then least loaded, then id. Two queries at most; load is asked for
   * only where it decides.
   */
  async route(ownerId: string, demands: Demands): Promise<Map<string, string | null>> {
    const shortlists = shortlistAll(await this.store.subtree(ownerId), demands);
    const tied = tiedAgentIds(shortlists);
    const loads = tied.length === 0 ? new Map() : await this.ports.get(AGENT_LOAD).liveTaskCounts(tied);
    return chooseAll(shortlists, loads);
  }

  /** Children of the agents, for showing them. */
  childIds(agentIds: readonly string[]): Promise<ChildIds> {
    return this.store.childIds(agentIds);
  }

  async list({ limit, cursor, ...filter }: ListAgentsQuery): Promise<Page<Agent>> {
    const agents = await this.store.list(filter, decodeIdCursor(cursor, LIST), limit + 1);
    return toPage(agents, limit, (agent) => agent.id, LIST);
  }

  /** The tree below an agent, with load; two queries, whatever its size. */
  async hierarchy(id: string): Promise<AgentTree> {
    const nodes = await this.store.nodes(id, MAX_TREE_AGENTS, MAX_TREE_DEPTH);
    const loads = await this.ports.get(AGENT_LOAD).liveTaskCounts(nodes.map((node) => node.id));
    const tree = nestTree(id, nodes, loads);
    if (tree === null) throw new NotFoundError('agent', id);
    return tree;
  }
}
