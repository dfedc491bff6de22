/** `active` takes tasks; `paused` takes none for now; `retired` takes none and no new children either. */
export const AGENT_STATUSES = ['active', 'paused', 'retired'] as const;
export type AgentStatus = (typeof AGENT_STATUSES)[number];

/** Settings for model calls; nothing uses them while no model provider is configured. */
export interface LlmConfig {
  readonly provider?: string;
  readonly model?: string;
  readonly temperature?: number;
  readonly maxOutputTokens?: number;
}

/** A named worker identity: what it may execute and where it stands in the hierarchy. */
export interface Agent {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  /** Task-type patterns this agent may execute: `http.request`, `http.*`, `*`. */
  readonly capabilities: readonly string[];
  /** null: a root of the hierarchy. */
  readonly parentAgentId: string | null;
  readonly status: AgentStatus;
  /** How many tasks it executes at a time, in all processes together; null: as many as there are. */
  readonly maxConcurrentTasks: number | null;
  readonly llmConfig: LlmConfig | null;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** What a client can set. */
export type AgentFields = Omit<Agent, 'id' | 'createdAt' | 'updatedAt'>;

/** The part of an agent its entity tag covers: counters, children and times do not make a client's copy stale. */
export function settableFields(agent: AgentFields): AgentFields {
  const { name, description, capabilities, parentAgentId, status, maxConcurrentTasks, llmConfig } = agent;
  return { name, description, capabilities, parentAgentId, status, maxConcurrentTasks, llmConfig };
}

/** Ids of an agent's direct children, by the parent's id. Parents without children are missing. */
export type ChildIds = ReadonlyMap<string, readonly string[]>;
