import type { Statement } from '../../database/unit-of-work.js';

/** One primary-key look-up per level. `union` ends on a cycle, should there ever be one. */
export const pathToRootStatement = (id: string): Statement => ({
  text: `
    with recursive path as (
      select id, parent_agent_id from agents where id = $1
      union
      select parent.id, parent.parent_agent_id from agents parent join path on parent.id = path.parent_agent_id
    )
    select id from path`,
  values: [id],
});
