import type { Statement } from '../../database/unit-of-work.js';

/** Rows of the latest tasks that history looks at: enough for percentiles, and a bounded cost. */
const HISTORY_ROWS = 10_000;

/** How the latest executions of some types went. By primary key backwards, bounded. */
export const taskHistory = (taskTypes: readonly string[]): Statement => ({
  text: `
select task_type, count(*)::integer as count,
  percentile_cont(0.5) within group (order by seconds) as p50, percentile_cont(0.95) within group (order by seconds) as p95,
  avg(failed::integer)::double precision as failure_rate
from (
  select task_type, extract(epoch from finished_at - started_at)::double precision as seconds, status = 'failed' as failed,
    source, started_at, status
  from tasks order by id desc limit ${HISTORY_ROWS}
) latest
where task_type = any($1::text[]) and status in ('succeeded', 'failed') and started_at is not null and source is distinct from 'copied'
group by task_type`,
  values: [taskTypes],
});

/** Open tasks of agents. By the partial index on live runs, then (run_id, task_id). */
export const liveTaskCounts = (agentIds: readonly string[]): Statement => ({
  text: `
select t.agent_id, count(*)::integer as count
from runs r join tasks t on t.run_id = r.id
where r.finished_at is null and t.finished_at is null and t.agent_id = any($1::uuid[])
group by 1`,
  values: [agentIds],
});

/** By the index on (workflow_id, id). */
export const liveRunsOf = (workflowId: string): Statement => ({
  text: `select count(*)::integer as count from runs where workflow_id = $1 and finished_at is null`,
  values: [workflowId],
});
