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

/** Those of the runs to which such a signal was sent that waits to be applied. By the partial index on unapplied signals. */
export function pendingSignals(
  runIds: readonly string[],
  kinds: readonly string[],
  taskId: string | null,
): Statement {
  return {
    text: `
select distinct on (run_id) run_id, kind from run_signals
where run_id = any($1::uuid[]) and applied_at is null and kind = any($2::text[]) and task_id is not distinct from $3
order by run_id, sequence`,
    values: [runIds, kinds, taskId],
  };
}

/** A signal as it is written. */
export interface NewSignalRow {
  readonly runId: string;
  readonly kind: string;
  readonly taskId: string | null;
  readonly payload: unknown;
}

/**
 * Adds signals and counts them on the run rows in one statement: parking compares that number, so a run cannot go to
 * sleep past one. A run gets the job `jobs` names for it, which replaces the one it may have.
 */
export function addSignals(
  signals: readonly NewSignalRow[],
  jobs: ReadonlyMap<string, string>,
  isApplied = false,
): Statement {
  const rows = signals.map((signal) => ({ ...signal, jobId: jobs.get(signal.runId) ?? null }));
  return {
    text: `
with asked as (
  select *, row_number() over (partition by "runId" order by position) as place from rows from (
    json_to_recordset($1::json) as ("runId" uuid, kind text, "taskId" uuid, payload jsonb, "jobId" uuid)
  ) with ordinality as x("runId", kind, "taskId", payload, "jobId", position)
), counted as (
  update runs r set signal_seq = r.signal_seq + x.count, job_id = coalesce(x."jobId", r.job_id)
  from (select "runId", "jobId", count(*) as count from asked group by 1, 2) x where r.id = x."runId"
  returning r.id, r.signal_seq - x.count as earlier
)
insert into run_signals (run_id, sequence, kind, task_id, payload, applied_at)
select c.id, c.earlier + a.place, a.kind, a."taskId", a.payload, case when $2 then clock_timestamp() end
from asked a join counted c on c.id = a."runId"`,
    values: [JSON.stringify(rows), isApplied],
  };
}

/** One NOTIFY for each run, when the transaction commits. */
export function notifySignals(channel: string, runIds: readonly string[]): Statement {
  return {
    text: 'select pg_notify($1, run_id) from unnest($2::text[]) as run_id',
    values: [channel, runIds],
  };
}
