import type { Statement } from '../../../database/unit-of-work.js';

export interface BacklogRow {
  readonly queued: number;
  readonly woken: number;
  /** null: none waits. */
  readonly oldest_seconds: number | null;
  readonly workers: number;
}

/**
 * Jobs of runs that are due and nobody has fetched, at most `$1`, with the status of each run by primary key. By the
 * indexes of pg-boss on name, state and start_after: runs that wait for a later time or for somebody are not touched.
 * `processes` has a row a process.
 */
export const readBacklog = (limit: number): Statement => ({
  text: `
with due as materialized (
  select j.start_after, (j.data ->> 'runId')::uuid as run_id, j.id from pgboss.job j
  where j.name = 'runs' and j.state in ('created', 'retry') and not j.blocked and j.start_after <= clock_timestamp()
  limit $1
), waiting as (
  select d.start_after, r.status from due d join runs r on r.id = d.run_id and r.job_id = d.id
)
select count(*) filter (where status = 'queued')::integer as queued,
  count(*) filter (where status <> 'queued')::integer as woken,
  extract(epoch from clock_timestamp() - min(start_after))::float8 as oldest_seconds,
  (select count(*)::integer from processes where beat_at > clock_timestamp() - interval '5 seconds') as workers
from waiting`,
  values: [limit],
});
