import type { Statement } from '../../database/unit-of-work.js';
import type { AgentStatus } from '../domain/agent.js';

export interface SubtreeRow {
  readonly id: string;
  readonly name: string;
  readonly capabilities: string[];
  readonly status: AgentStatus;
  readonly maxConcurrentTasks: number | null;
}

/** Index scan on `agents_parent_agent_id` per level, then one look-up per agent. `union` ends on a cycle. */
export const subtreeStatement = (ownerId: string): Statement => ({
  text: `
    with recursive tree as (
      select id from agents where id = $1
      union
      select child.id from agents child join tree on child.parent_agent_id = tree.id
    )
    select id, name, capabilities, status, max_concurrent_tasks as "maxConcurrentTasks" from agents join tree using (id) order by id`,
  values: [ownerId],
});
