import { formatUsd } from '../common/money.js';
import type { Agent, ChildIds, LlmConfig } from './domain/agent.js';
import { type AgentTree, flattenTree, isTruncated } from './domain/hierarchy.js';
import type { AgentIntelligenceView } from './agent-intelligence.schemas.js';
import type { AgentIntelligence } from './agent-intelligence.service.js';
import type { AgentView, HierarchyView } from './agents.schemas.js';

function toConfigView({ fallbacks, ...config }: LlmConfig): NonNullable<AgentView['llmConfig']> {
  return { ...config, ...(fallbacks === undefined ? {} : { fallbacks: [...fallbacks] }) };
}

export function toAgentView(agent: Agent, childIds: ChildIds): AgentView {
  return {
    id: agent.id,
    name: agent.name,
    description: agent.description,
    capabilities: [...agent.capabilities],
    parentAgentId: agent.parentAgentId,
    childAgentIds: [...(childIds.get(agent.id) ?? [])],
    status: agent.status,
    maxConcurrentTasks: agent.maxConcurrentTasks,
    llmConfig: agent.llmConfig && toConfigView(agent.llmConfig),
    intelligenceLevel: agent.intelligenceLevel,
    executionMode: agent.executionMode,
    llmCallsCount: agent.llmCallsCount,
    llmCostSpent: formatUsd(agent.llmCostSpent),
    createdAt: agent.createdAt.toISOString(),
    updatedAt: agent.updatedAt.toISOString(),
  };
}

function toNodeView(tree: AgentTree): HierarchyView['root'] {
  return { ...tree, capabilities: [...tree.capabilities], children: tree.children.map(toNodeView) };
}

export function toHierarchyView(tree: AgentTree): HierarchyView {
  return { root: toNodeView(tree), agents: flattenTree(tree).length, truncated: isTruncated(tree) };
}

export function toIntelligenceView({ agent, budgetUsd, policy }: AgentIntelligence): AgentIntelligenceView {
  return {
    intelligenceLevel: agent.intelligenceLevel,
    executionMode: agent.executionMode,
    llmConfig: agent.llmConfig && toConfigView(agent.llmConfig),
    budgetUsd,
    llmCallsCount: agent.llmCallsCount,
    llmCostSpent: formatUsd(agent.llmCostSpent),
    effectivePolicy: policy.scenarios.map((each) => ({ ...each })),
    effectiveActions: policy.actions.map((each) => ({ ...each })),
  };
}
