import type { Statement } from '../../database/unit-of-work.js';
import { DONE_TASKS } from './doubts.sql.js';

/** Gives the tasks of a retry what was done in the run it retries and not undone there. Both sides by (run_id, task_id). */
export function copyResults(fromRunId: string, toRunId: string): Statement {
  return {
    text: `
with done as (${DONE_TASKS}
), copied as (
  update tasks t set status = 'succeeded', source = 'copied', result = o.result, has_payload = o.has_payload,
    attempt = o.attempt, started_at = o.started_at, ready_at = o.ready_at, finished_at = o.finished_at
  from done o
  where t.run_id = $2 and t.task_id = o.task_id
    and not exists (select from done c where c.definition ->> 'compensates' = o.task_id)
  returning t.id, o.id as original_id, t.has_payload
)
insert into task_payloads (task_id, value)
select copied.id, p.value from copied join task_payloads p on p.task_id = copied.original_id where copied.has_payload`,
    values: [fromRunId, toRunId],
  };
}
