import type { Statement } from '../../database/unit-of-work.js';

/** What a person said of the last attempt of `tasks t`, a task that was in doubt when its run ended. */
const SAID_OF_T = `s.run_id = t.run_id and s.task_id = t.id and s.kind = 'resolve'
    and s.payload ->> 'attempt' = t.attempt::text`;

/** The tasks of a run whose effect has happened: those that succeeded, and those of which somebody said so later. */
export const DONE_TASKS = `
  select t.id, t.task_id, t.definition, t.attempt, t.started_at, t.ready_at, t.finished_at, t.result, t.has_payload
  from tasks t where t.run_id = $1 and t.status = 'succeeded'
  union all
  select t.id, t.task_id, t.definition, t.attempt, t.started_at, t.ready_at, s.created_at, s.payload -> 'result',
    coalesce((s.payload ->> 'isLarge')::boolean, false)
  from tasks t join run_signals s on ${SAID_OF_T}
  where t.run_id = $1 and t.status = 'unknown' and s.payload ->> 'outcome' = 'succeeded'`;

export interface DoubtRow {
  readonly id: string;
  readonly run_id: string;
  readonly task_id: string;
}

/**
 * Tasks of a run and of its child runs of which nobody knows what became of them, and nobody has said it. By the
 * indexes on tasks (run_id, …) and runs (parent_task_id, …).
 */
export function selectDoubts(runId: string): Statement {
  return {
    text: `
with recursive family as (
  select $1::uuid as id
  union all
  select c.id from family f join tasks p on p.run_id = f.id join runs c on c.parent_task_id = p.id
)
select t.id, t.run_id, t.task_id from family f join tasks t on t.run_id = f.id
where t.status = 'unknown' and not exists (select from run_signals s where ${SAID_OF_T})
order by t.run_id, t.position limit 100`,
    values: [runId],
  };
}

export interface SaidRow {
  readonly by: string;
  readonly outcome: string;
}

/** What was said of an attempt in doubt. By the primary key of run_signals. */
export function selectSaid(taskId: string): Statement {
  return {
    text: `
select s.payload ->> 'by' as by, s.payload ->> 'outcome' as outcome
from tasks t join run_signals s on ${SAID_OF_T} where t.id = $1 order by s.sequence limit 1`,
    values: [taskId],
  };
}
