import { LockMode } from '@mikro-orm/core';
import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { AGENTS_CHANNEL, agentNotice } from '../agents.channel.js';
import { type AgentFilter, AgentsStore, type SubtreeAgent } from '../agents.store.port.js';
import type { Agent, ChildIds, LlmConfig } from '../domain/agent.js';
import { coveringCapabilities } from '../domain/covering-capabilities.js';
import type { AgentNode } from '../domain/hierarchy.js';
import { AgentEntity } from './agent.entity.js';
import { type HierarchyNodeRow, hierarchyNodesStatement } from './hierarchy-nodes.sql.js';
import { idsAboveBasicStatement } from './ids-above-basic.sql.js';
import { type LlmConfigRow, llmConfigsStatement } from './llm-configs.sql.js';
import { lockHierarchyStatement } from './lock-hierarchy.sql.js';
import { pathToRootStatement } from './path-to-root.sql.js';
import { type SubtreeRow, subtreeStatement } from './subtree.sql.js';

const LOCK_MODES = { change: LockMode.PESSIMISTIC_WRITE, use: LockMode.PESSIMISTIC_READ } as const;

/** Rows are read anew each time: what is decided under a lock must see what others committed before it. */
const FRESH = { disableIdentityMap: true } as const;

function toAgent(row: AgentEntity): Agent {
  const { id, name, description, capabilities, status, createdAt, updatedAt } = row;
  const parentAgentId = row.parentAgentId ?? null;
  const maxConcurrentTasks = row.maxConcurrentTasks ?? null;
  const llmConfig = row.llmConfig ?? null;
  return {
    ...{ id, name, description, capabilities, parentAgentId, status, maxConcurrentTasks, llmConfig },
    ...{ intelligenceLevel: row.intelligenceLevel, executionMode: row.executionMode },
    ...{ llmCallsCount: row.llmCallsCount, llmCostSpent: row.llmCostSpent, createdAt, updatedAt },
  };
}

const toRow = (agent: Agent) => ({ ...agent, capabilities: [...agent.capabilities] });

const toNode = ({
  parent_agent_id,
  child_count,
  max_concurrent_tasks,
  ...row
}: HierarchyNodeRow): AgentNode => ({
  ...row,
  parentAgentId: parent_agent_id,
  maxConcurrentTasks: max_concurrent_tasks,
  childCount: child_count,
});

@Injectable()
export class PostgresAgentsStore extends AgentsStore {
  constructor(private readonly work: UnitOfWork) {
    super();
  }

  override async insert(agent: Agent): Promise<void> {
    await this.work.em.insert(AgentEntity, toRow(agent));
    await this.tell(agent);
  }

  override async find(id: string): Promise<Agent | null> {
    const row = await this.work.em.findOne(AgentEntity, { id }, FRESH);
    return row === null ? null : toAgent(row);
  }

  override async lock(id: string, purpose: 'change' | 'use'): Promise<Agent | null> {
    const row = await this.work.em.findOne(AgentEntity, { id }, { ...FRESH, lockMode: LOCK_MODES[purpose] });
    return row === null ? null : toAgent(row);
  }

  override async lockHierarchy(): Promise<void> {
    await this.work.query(lockHierarchyStatement());
  }

  override async update(agent: Agent): Promise<void> {
    // What is booked with model calls is theirs alone to write.
    const { id, createdAt: _, llmCallsCount: _count, llmCostSpent: _spent, ...changed } = toRow(agent);
    await this.work.em.nativeUpdate(AgentEntity, { id }, changed);
    await this.tell(agent);
  }

  /** Whoever executes tasks of the agent, once this is committed. */
  private async tell(agent: Agent): Promise<void> {
    const values = [AGENTS_CHANNEL, agentNotice(agent)];
    await this.work.query({ text: 'select pg_notify($1, $2)', values });
  }

  override async delete(id: string): Promise<void> {
    await this.work.em.nativeDelete(AgentEntity, { id });
  }

  override async list(filter: AgentFilter, after: string | null, limit: number): Promise<Agent[]> {
    const { capability, ...equal } = filter;
    const where = {
      ...equal,
      ...(capability === undefined ? {} : { capabilities: { $overlap: coveringCapabilities(capability) } }),
      ...(after === null ? {} : { id: { $gt: after } }),
    };
    const rows = await this.work.em.find(AgentEntity, where, { ...FRESH, orderBy: { id: 'asc' }, limit });
    return rows.map(toAgent);
  }

  override async childIds(parentIds: readonly string[]): Promise<ChildIds> {
    const rows = await this.work.em.find(
      AgentEntity,
      { parentAgentId: { $in: [...parentIds] } },
      { ...FRESH, fields: ['id', 'parentAgentId'], orderBy: { id: 'asc' } },
    );
    const byParent = Map.groupBy(rows, (row) => row.parentAgentId as string);
    return new Map([...byParent].map(([parentId, children]) => [parentId, children.map(({ id }) => id)]));
  }

  override async pathToRoot(id: string): Promise<string[]> {
    return (await this.work.query<{ id: string }>(pathToRootStatement(id))).map((row) => row.id);
  }

  override subtree(ownerId: string): Promise<SubtreeAgent[]> {
    return this.work.query<SubtreeRow>(subtreeStatement(ownerId));
  }

  override async llmConfigs(ids: readonly string[]): Promise<ReadonlyMap<string, LlmConfig>> {
    const rows = await this.work.query<LlmConfigRow>(llmConfigsStatement(ids));
    return new Map(rows.map(({ id, llm_config }) => [id, llm_config]));
  }

  override async idsAboveBasic(): Promise<string[]> {
    return (await this.work.query<{ id: string }>(idsAboveBasicStatement())).map(({ id }) => id);
  }

  override async nodes(rootId: string, maxAgents: number, maxDepth: number): Promise<AgentNode[]> {
    const rows = await this.work.query<HierarchyNodeRow>(
      hierarchyNodesStatement(rootId, maxAgents, maxDepth),
    );
    return rows.map(toNode);
  }
}
