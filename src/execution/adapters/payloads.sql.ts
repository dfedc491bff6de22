import type { Statement } from '../../database/unit-of-work.js';

/** Stores a result over 32 kB before its checkpoint, if the epoch still holds; a repeated attempt replaces it. */
export function savePayload(taskId: string, runId: string, epoch: string, json: string): Statement {
  return {
    text: `
insert into task_payloads (task_id, value)
select $1, $4::jsonb from runs where id = $2 and epoch = $3 for key share
on conflict (task_id) do update set value = excluded.value`,
    values: [taskId, runId, epoch, json],
  };
}

/** A large result that a person gave: it is one only when the task says so. */
export function keepPayload(taskId: string, json: string): Statement {
  return {
    text: `
insert into task_payloads (task_id, value) values ($1, $2::jsonb)
on conflict (task_id) do update set value = excluded.value`,
    values: [taskId, json],
  };
}

export function loadPayload(taskId: string): Statement {
  return { text: `select value::text as json from task_payloads where task_id = $1`, values: [taskId] };
}
