import type { ExecutionMode, IntelligenceLevel } from '../../common/intelligence.js';

/** `active` takes tasks; `paused` takes none for now; `retired` takes none and no new children either. */
export const AGENT_STATUSES = ['active', 'paused', 'retired'] as const;
export type AgentStatus = (typeof AGENT_STATUSES)[number];

/** Settings for model calls. */
export interface LlmConfig {
  readonly provider?: string;
  readonly model?: string;
  readonly temperature?: number;
  readonly maxOutputTokens?: number;
  /** `provider:model`, asked in turn when the one before failed. */
  readonly fallbacks?: readonly string[];
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
  readonly intelligenceLevel: IntelligenceLevel;
  readonly executionMode: ExecutionMode;
  /** Model calls booked for it. */
  readonly llmCallsCount: number;
  /** What they cost, nano-dollars. */
  readonly llmCostSpent: bigint;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** What a client can set with the agent itself. */
export type AgentFields = Omit<Agent, 'id' | keyof AgentIntelligence | 'createdAt' | 'updatedAt'>;

/** What belongs to its intelligence beside `llmConfig`: two settings and what is counted. */
type AgentIntelligence = Pick<
  Agent,
  'intelligenceLevel' | 'executionMode' | 'llmCallsCount' | 'llmCostSpent'
>;

/** What nothing was booked for yet. */
export const NOTHING_BOOKED = { llmCallsCount: 0, llmCostSpent: 0n } as const satisfies Partial<Agent>;

/** The part of an agent its entity tag covers: counters, children and times do not make a client's copy stale. */
export function settableFields(agent: AgentFields): AgentFields {
  const { name, description, capabilities, parentAgentId, status, maxConcurrentTasks, llmConfig } = agent;
  return { name, description, capabilities, parentAgentId, status, maxConcurrentTasks, llmConfig };
}

/** Ids of an agent's direct children, by the parent's id. Parents without children are missing. */
export type ChildIds = ReadonlyMap<string, readonly string[]>;
