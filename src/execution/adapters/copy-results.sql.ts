import type { Statement } from '../../database/unit-of-work.js';

/** Gives the tasks of a retry the results that succeeded in the run it retries and were not undone there. Both sides by (run_id, task_id). */
export function copyResults(fromRunId: string, toRunId: string): Statement {
  return {
    text: `
with copied as (
  update tasks t set status = 'succeeded', source = 'copied', result = o.result, has_payload = o.has_payload,
    attempt = o.attempt, started_at = o.started_at, ready_at = o.ready_at, finished_at = o.finished_at
  from tasks o
  where o.run_id = $1 and o.status = 'succeeded' and t.run_id = $2 and t.task_id = o.task_id
    and not exists (select from tasks c
      where c.run_id = $1 and c.definition ->> 'compensates' = o.task_id and c.status = 'succeeded')
  returning t.id, o.id as original_id, t.has_payload
)
insert into task_payloads (task_id, value)
select copied.id, p.value from copied join task_payloads p on p.task_id = copied.original_id where copied.has_payload`,
    values: [fromRunId, toRunId],
  };
}
