import type { Statement } from '../../database/unit-of-work.js';

/**
 * A new run with all its task rows and event 1, in one statement. Primary-key inserts only.
 */
export interface NewRunRow {
  readonly id: string;
  readonly workflow_id: string | null;
  readonly agent_id: string | null;
  readonly retry_of_run_id: string | null;
  readonly assisted: boolean;
  readonly parent_run_id: string | null;
  readonly parent_task_id: string | null;
  readonly parent_attempt: number | null;
  readonly nesting: number;
  readonly definition: unknown;
  readonly input: unknown;
  readonly job_id: string;
  readonly schedule_id: string | null;
  readonly fire_time: string | null;
}

export interface NewTaskRow {
  readonly id: string;
  readonly task_id: string;
  readonly position: number;
  readonly task_type: string;
  readonly agent_id: string | null;
  readonly parameters: unknown;
}

export function createRun(run: NewRunRow, tasks: readonly NewTaskRow[], eventData: unknown): Statement {
  return {
    text: `
with run as (
  insert into runs (id, workflow_id, agent_id, retry_of_run_id, assisted, parent_run_id, parent_task_id, parent_attempt,
    nesting, schedule_id, fire_time, status, definition, input, event_count, job_id)
  select id, workflow_id, agent_id, retry_of_run_id, assisted, parent_run_id, parent_task_id, parent_attempt,
    nesting, schedule_id, fire_time, 'queued', definition, input, 1, job_id
  from json_to_record($1::json) as x(id uuid, workflow_id uuid, agent_id uuid, retry_of_run_id uuid, assisted boolean,
    parent_run_id uuid, parent_task_id uuid, parent_attempt integer, nesting integer, schedule_id uuid,
    fire_time timestamptz, definition jsonb, input jsonb, job_id uuid)
  returning id, created_at
), event as (
  insert into run_events (run_id, sequence, type, at, data) select id, 1, 'run.queued', created_at, $3::jsonb from run
)
insert into tasks (id, run_id, task_id, position, task_type, agent_id, parameters)
select x.id, run.id, x.task_id, x.position, x.task_type, x.agent_id, x.parameters
from run, json_to_recordset($2::json) as x(id uuid, task_id text, position integer, task_type text, agent_id uuid, parameters jsonb)`,
    values: [JSON.stringify(run), JSON.stringify(tasks), JSON.stringify(eventData)],
  };
}
