import type { Statement } from '../../database/unit-of-work.js';

/**
 * Runs that should have a live job and have none: queued or given up without one, waiting with something due (wake
 * time, unapplied signal), or owned by a process that nobody knows any more. By the partial index on live runs; locked
 * so that two sweepers share the work.
 */
export function sweepRuns(limit: number): Statement {
  return {
    text: `
select r.id from runs r
where r.finished_at is null and (
  (r.owner_id is not null and not exists (select from processes p where p.id = r.owner_id))
  or (r.owner_id is null
    and (r.status in ('queued', 'running')
      or (r.status in ('waiting', 'paused', 'compensating') and (r.wake_at <= clock_timestamp()
        or exists (select from run_signals s where s.run_id = r.id and s.applied_at is null))))
    and not exists (select from pgboss.job j
      where j.name = 'runs' and j.id = r.job_id and j.state in ('created', 'retry', 'active'))))
order by r.id limit $1 for no key update of r skip locked`,
    values: [limit],
  };
}

/** The new epoch fences an owner that is still there after all. */
export function assignJobs(jobs: readonly { readonly runId: string; readonly jobId: string }[]): Statement {
  return {
    text: `
update runs r set job_id = x."jobId", owner_id = null, epoch = r.epoch + (r.owner_id is not null)::integer
from json_to_recordset($1::json) as x("runId" uuid, "jobId" uuid) where r.id = x."runId"`,
    values: [JSON.stringify(jobs)],
  };
}
