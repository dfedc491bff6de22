import type { Statement } from '../../database/unit-of-work.js';

export interface PendingSignalRow {
  readonly run_id: string;
  readonly epoch: string;
  readonly sequence: string | null;
  readonly kind: string | null;
  readonly task_id: string | null;
  readonly payload: unknown;
}

/**
 * The runs of a process with their unapplied signals, oldest first: one row per signal, one with nulls for a run
 * without any. A run that is not returned has another owner. Primary key, and the partial index on unapplied signals.
 */
export function pendingSignals(processId: string, runIds: readonly string[]): Statement {
  return {
    text: `
select r.id as run_id, r.epoch, s.sequence, s.kind, s.task_id, s.payload
from runs r left join run_signals s on s.run_id = r.id and s.applied_at is null
where r.id = any($2::uuid[]) and r.owner_id = $1
order by r.id, s.sequence`,
    values: [processId, runIds],
  };
}

/** By the partial index on owner_id. */
export const runsOwnedBy = (processId: string): Statement => ({
  text: 'select id, epoch from runs where owner_id = $1 and finished_at is null',
  values: [processId],
});

/**
 * Gives a run back unfinished: it waits, as due, for whoever fetches the new job. Fenced by the epoch.
 */
export function releaseRun(runId: string, epoch: string, jobId: string, fruitless: boolean): Statement {
  return {
    text: `
update runs set owner_id = null, job_id = $3,
  status = case when status in ('paused', 'compensating') then status else 'waiting' end, wake_at = clock_timestamp(),
  fruitless_claims = fruitless_claims + $4
where id = $1 and epoch = $2 and finished_at is null returning id`,
    values: [runId, epoch, jobId, fruitless ? 1 : 0],
  };
}

/** A fresh job for a run that goes on with its owner: pg-boss ends jobs a day after their fetch. */
export function rotateJob(runId: string, epoch: string, jobId: string): Statement {
  return {
    text: `update runs set job_id = $3, job_attempt = null where id = $1 and epoch = $2 and finished_at is null returning id`,
    values: [runId, epoch, jobId],
  };
}
