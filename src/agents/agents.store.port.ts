import type { Agent, AgentStatus, ChildIds, LlmConfig } from './domain/agent.js';
import type { AgentNode } from './domain/hierarchy.js';
import type { RoutableAgent } from './domain/routing.js';

/** Which agents a list shows; an absent filter lets all pass. */
export interface AgentFilter {
  readonly status?: AgentStatus;
  readonly parentAgentId?: string;
  /** Agents with a capability that covers this task type or pattern. */
  readonly capability?: string;
  /** The exact name. */
  readonly name?: string;
}

/** A member of an owner's subtree. */
export interface SubtreeAgent extends RoutableAgent {
  readonly name: string;
  /** null: as many as there are. */
  readonly maxConcurrentTasks: number | null;
}

/**
 * Where agents are kept. Locks hold until the end of the ambient transaction; an id that is not a known agent is
 * answered with null, an empty list or nothing changed, never with an error.
 */
export abstract class AgentsStore {
  /** The parent must exist. */
  abstract insert(agent: Agent): Promise<void>;
  abstract find(id: string): Promise<Agent | null>;
  /** The agent, locked: `change` lets nobody else change or lock it, `use` only keeps it from being changed. */
  abstract lock(id: string, purpose: 'change' | 'use'): Promise<Agent | null>;
  /** Lets one transaction at a time move agents. Take it before any other lock. */
  abstract lockHierarchy(): Promise<void>;
  /** Writes every field of an existing agent but `createdAt` and what is counted. */
  abstract update(agent: Agent): Promise<void>;
  abstract delete(id: string): Promise<void>;
  /** Up to `limit` agents after the id `after`, in order of id. */
  abstract list(filter: AgentFilter, after: string | null, limit: number): Promise<readonly Agent[]>;
  /** Children in order of id. */
  abstract childIds(parentIds: readonly string[]): Promise<ChildIds>;
  /** Ids of the agent and all its ancestors. */
  abstract pathToRoot(id: string): Promise<readonly string[]>;
  /** The owner and every agent below it, in order of id. */
  abstract subtree(ownerId: string): Promise<readonly SubtreeAgent[]>;
  /** Settings for model calls, of those of the agents that have any. */
  abstract llmConfigs(ids: readonly string[]): Promise<ReadonlyMap<string, LlmConfig>>;
  /** Agents whose level is not `basic`. */
  abstract idsAboveBasic(): Promise<readonly string[]>;
  /** The agent and those below it, nearest first, at most `maxAgents` on at most `maxDepth` levels. */
  abstract nodes(rootId: string, maxAgents: number, maxDepth: number): Promise<readonly AgentNode[]>;
}
