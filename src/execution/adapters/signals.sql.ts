import type { Statement } from '../../database/unit-of-work.js';

/** Locks a run before a signal is added. Primary key. */
export function lockRun(id: string): Statement {
  return {
    text: `select status, owner_id is not null as is_owned from runs where id = $1 for no key update`,
    values: [id],
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
): Statement {
  return {
    text: `
with run as (
  update runs set signal_seq = signal_seq + 1, job_id = coalesce($5, job_id) where id = $1 returning id, signal_seq
)
insert into run_signals (run_id, sequence, kind, task_id, payload)
select id, signal_seq, $2, $3, $4::jsonb from run`,
    values: [signal.runId, signal.kind, signal.taskId, JSON.stringify(signal.payload), jobId],
  };
}
