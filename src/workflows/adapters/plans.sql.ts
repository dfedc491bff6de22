import type { Statement } from '../../database/unit-of-work.js';
import type { PlanFilter } from '../plans.store.port.js';

/**
 * A page of the plans of a workflow without what makes them long. By the unique index on (workflow_id, version); a
 * workflow has few enough plans to sort.
 */
export const listPlans = (
  workflowId: string,
  { status, origin }: PlanFilter,
  after: string | null,
  limit: number,
): Statement => ({
  text: `select id, workflow_id, run_id, version, origin, source, status, content_hash, cost_nano, created_at, decided_at,
      plan_data - array['definition', 'alternatives', 'diagnostics', 'constraints', 'adaptation'] as plan_data
    from workflow_plans
    where workflow_id = $1 and ($2::text is null or status = $2) and ($3::text is null or origin = $3)
      and ($4::uuid is null or id > $4)
    order by id limit $5`,
  values: [workflowId, status ?? null, origin ?? null, after, limit],
});
