import type { Statement } from '../../../database/unit-of-work.js';

export interface RecoveryRow {
  readonly run_id: string;
  readonly id: string;
  readonly task_id: string;
  readonly attempt: number;
  readonly proposal: unknown;
  readonly created_at: string;
}

const MAX_ROWS = 200;

/** By the index on run_id, then one look-up per task. */
export const recoveriesOfRun = (runId: string): Statement => ({
  text: `
select p.run_id, t.id, t.task_id, p.attempt, p.proposal, p.created_at
from recovery_proposals p join tasks t on t.id = p.task_id
where p.run_id = $1 order by p.created_at, p.attempt limit ${MAX_ROWS}`,
  values: [runId],
});

export interface AppliedRow {
  readonly task_id: string;
  readonly data: Readonly<Record<string, unknown>>;
  readonly at: string;
}

/** The events of one run, by primary key. A failed attempt is asked about once, and once more a person. */
export const appliedInRun = (runId: string): Statement => ({
  text: `
select task_id, data, at from run_events
where run_id = $1 and type = 'recovery.applied' order by sequence limit ${2 * MAX_ROWS}`,
  values: [runId],
});

export interface SettledRow {
  readonly proposal: unknown;
  readonly outcome: 'worked' | 'failed' | 'none';
}

const MAX_SETTLED = 1_000;

/**
 * A proposal worked when its task succeeded without another one; it failed when the task failed again, at the latest while
 * somebody is being asked about that. By the partial index on unsettled proposals, then primary keys.
 */
export const settleRecoveries = (signature: string): Statement => ({
  text: `
with unsettled as (
  select task_id, attempt, proposal from recovery_proposals
  where proposal #>> '{details,signature}' = $1 and outcome is null order by task_id limit ${MAX_SETTLED}
), judged as (
  select u.task_id, u.attempt, case
    when t.attempt > u.attempt and t.status in ('recovering', 'failed') then 'failed'
    when exists (select from recovery_proposals p where p.task_id = u.task_id and p.attempt > u.attempt) then 'failed'
    when t.status = 'succeeded' then 'worked'
    when t.status = 'skipped' and u.proposal ->> 'action' = 'skip' then 'worked'
    when t.finished_at is not null then 'none'
  end as outcome
  from unsettled u join tasks t on t.id = u.task_id
)
update recovery_proposals p set outcome = j.outcome
from judged j where p.task_id = j.task_id and p.attempt = j.attempt and j.outcome is not null
returning p.proposal, p.outcome`,
  values: [signature],
});
