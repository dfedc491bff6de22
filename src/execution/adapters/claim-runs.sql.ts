import type { Statement } from '../../database/unit-of-work.js';

export interface ClaimRequest {
  readonly runId: string;
  readonly jobId: string;
  readonly jobAttempt: number;
  /** This process executes the run already. */
  readonly isHeld: boolean;
}

export interface ClaimedRunRow {
  readonly id: string;
  readonly job_id: string;
  readonly workflow_id: string | null;
  readonly epoch: string;
  readonly definition: unknown;
  readonly input: unknown;
  readonly event_count: number;
  readonly signal_seq: string;
  readonly deadline_ms: number | null;
  readonly fruitless_claims: number;
  readonly previous_status: string;
  readonly reason: string | null;
  readonly assisted: boolean;
  readonly nesting: number;
  readonly parent_run_id: string | null;
  readonly parent_task_id: string | null;
  readonly has_permits: boolean;
}

/**
 * Makes this process the owner of runs whose current job it holds: a new epoch fences every earlier owner. Not
 * returned are ended runs, runs whose job was replaced, and runs whose owner lives: pg-boss hands their jobs out again
 * when PostgreSQL was away for longer than its heartbeat. For one lease (5 s) after the server started everybody
 * counts as alive. A claim without a park or release before it counts as fruitless until a task result is committed.
 * By primary key.
 */
export function claimRuns(processId: string, requests: readonly ClaimRequest[]): Statement {
  return {
    text: `
with requested as (
  select * from json_to_recordset($2::json) as x("runId" uuid, "jobId" uuid, "jobAttempt" integer, "isHeld" boolean)
), before as (
  select r.id, r.status, r.owner_id, q."jobAttempt" as job_attempt
  from runs r join requested q on q."runId" = r.id and q."jobId" = r.job_id
  where r.finished_at is null and case
    when r.owner_id is null then true
    when r.owner_id = $1 then not q."isHeld"
    else clock_timestamp() - pg_postmaster_start_time() > interval '5 seconds' and not exists (
      select from processes p where p.id = r.owner_id and p.beat_at > clock_timestamp() - interval '5 seconds')
  end
  order by r.id for no key update of r
)
update runs r set
  epoch = r.epoch + 1,
  owner_id = $1,
  job_attempt = b.job_attempt,
  status = case when r.status in ('paused', 'compensating') then r.status else 'running' end,
  started_at = coalesce(r.started_at, clock_timestamp()),
  deadline_at = coalesce(r.deadline_at,
    clock_timestamp() + make_interval(secs => (r.definition ->> 'timeoutSeconds')::double precision)),
  wake_at = null,
  fruitless_claims = r.fruitless_claims + case when b.owner_id is null then 0 else 1 end
from before b where b.id = r.id
returning r.id, r.job_id, r.workflow_id, r.epoch, r.definition, r.input, r.event_count, r.signal_seq, r.fruitless_claims,
  r.reason, r.assisted, r.nesting, r.parent_run_id, r.parent_task_id,
  (extract(epoch from r.deadline_at) * 1000)::double precision as deadline_ms, b.status as previous_status,
  exists (select from agent_permits p where p.run_id = r.id) as has_permits`,
    values: [processId, JSON.stringify(requests)],
  };
}
