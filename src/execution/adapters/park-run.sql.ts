import type { Statement } from '../../database/unit-of-work.js';

export interface ParkRequest {
  readonly runId: string;
  readonly epoch: string;
  /** The last signal its owner has applied: a newer one means there is more to do. */
  readonly signalSeq: string;
  readonly jobId: string | null;
  readonly wakeAtMs: number | null;
  readonly nowMs: number;
}

/**
 * Gives a run up until a signal or its wake time. One row only when the epoch still holds and no signal came in: the
 * condition is on the run row itself, which whoever inserts a signal updates, so no wake-up can be lost.
 */
export function parkRun(request: ParkRequest): Statement {
  const { runId, epoch, signalSeq, jobId, wakeAtMs, nowMs } = request;
  return {
    text: `
with parked as (
  update runs set status = case when status in ('paused', 'compensating') then status else 'waiting' end, owner_id = null, job_id = $4, wake_at = to_timestamp($5 / 1000.0),
    event_count = event_count + 1
  where id = $1 and epoch = $2 and signal_seq = $3 and finished_at is null
  returning id, event_count
), event as (
  insert into run_events (run_id, sequence, type, at, data)
  select id, event_count, 'run.parked', to_timestamp($6 / 1000.0),
    jsonb_build_object('wakeAt', to_char(to_timestamp($5 / 1000.0) at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))
  from parked
)
select id, pg_notify('tandem_runs', id::text) from parked`,
    values: [runId, epoch, signalSeq, jobId, wakeAtMs, nowMs],
  };
}
