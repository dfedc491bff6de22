import type { Statement } from '../../database/unit-of-work.js';
import type { AgentStatus } from '../domain/agent.js';

export interface HierarchyNodeRow {
  readonly id: string;
  readonly name: string;
  readonly status: AgentStatus;
  readonly capabilities: string[];
  readonly parent_agent_id: string | null;
  readonly max_concurrent_tasks: number | null;
  readonly child_count: number;
}

/**
 * Level by level down `agents_parent_agent_id`; PostgreSQL stops to recurse once the limit has its rows, so a large
 * tree costs no more than what is shown. Children are counted by an index-only scan per shown agent.
 */
export const hierarchyNodesStatement = (rootId: string, maxAgents: number, maxDepth: number): Statement => ({
  text: `
    with recursive tree as (
      select id, 1 as level from agents where id = $1
      union all
      select child.id, tree.level + 1
      from tree join agents child on child.parent_agent_id = tree.id
      where tree.level < $3
    ),
    shown as (select id, level from tree limit $2)
    select agent.id, agent.name, agent.status, agent.capabilities, agent.parent_agent_id, agent.max_concurrent_tasks,
      (select count(*)::int from agents child where child.parent_agent_id = agent.id) as child_count
    from shown join agents agent using (id)
    order by shown.level, agent.id`,
  values: [rootId, maxAgents, maxDepth],
});
