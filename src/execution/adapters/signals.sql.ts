import type { Statement } from '../../database/unit-of-work.js';
import type { RunStatus } from '../domain/status.js';

export interface LockedRunRow {
  readonly id: string;
  readonly status: RunStatus;
  readonly is_owned: boolean;
  readonly workflow_id: string | null;
  readonly agent_id: string | null;
}

/** Locks runs before signals are added to them, always in this order. Primary key. */
export function lockRuns(ids: readonly string[]): Statement {
  return {
    text: `
select id, status, owner_id is not null as is_owned, workflow_id, agent_id
from runs where id = any($1::uuid[]) order by id for no key update`,
    values: [ids],
  };
}

/** By the partial index on unapplied signals. */
export function pendingSignalExists(
  runId: string,
  kinds: readonly string[],
  taskId: string | null,
): Statement {
  return {
    text: `
select exists (select from run_signals
  where run_id = $1 and applied_at is null and kind = any($2::text[]) and task_id is not distinct from $3) as pending`,
    values: [runId, kinds, taskId],
  };
}

/**
 * Adds a signal and counts it on the run row in one statement: parking compares that number, so a run cannot go to
 * sleep past it. A run without owner gets `jobId`, which replaces the job it may have.
 */
export function addSignal(
  signal: { runId: string; kind: string; taskId: string | null; payload: unknown },
  jobId: string | null,
  isApplied = false,
): Statement {
  return {
    text: `
with run as (
  update runs set signal_seq = signal_seq + 1, job_id = coalesce($5, job_id) where id = $1 returning id, signal_seq
)
insert into run_signals (run_id, sequence, kind, task_id, payload, applied_at)
select id, signal_seq, $2, $3, $4::jsonb, case when $6 then clock_timestamp() end from run`,
    values: [signal.runId, signal.kind, signal.taskId, JSON.stringify(signal.payload), jobId, isApplied],
  };
}
