import type { Statement } from '../../database/unit-of-work.js';

/**
 * The steps of many runs in one statement, one commit. `$1` names the runs with the epoch of their owner: an update
 * whose epoch no longer matches touches nothing, and tasks and events follow only the runs that were updated, so a
 * zombie writes nothing while the other runs of the batch go on. Events are inserted once: the same statement may be
 * sent again after a lost answer. `$4` is the payload of the one NOTIFY. Runs and tasks by primary key.
 */
const TEXT = `
with held as (
  update runs r set
    event_count = x.event_count,
    status = coalesce(x.status, r.status),
    reason = coalesce(x.reason, r.reason),
    output = coalesce(x.output, r.output),
    finished_at = coalesce(to_timestamp(x.finished_ms / 1000.0), r.finished_at),
    owner_id = case when x.finished_ms is null then r.owner_id end,
    fruitless_claims = case when x.productive then 0 else r.fruitless_claims end
  from json_to_recordset($1::json) as x(run_id uuid, epoch bigint, event_count integer, status text, reason text,
    output jsonb, finished_ms double precision, productive boolean)
  where r.id = x.run_id and r.epoch = x.epoch and r.finished_at is null
  returning r.id
), written_tasks as (
  update tasks t set
    status = x.status, attempt = x.attempt, failed_attempts = x.failed_attempts, effect = x.effect,
    result = x.result, has_payload = x.has_payload, error = x.error, source = x.source,
    waiting_for = x.waiting_for, wait = x.wait,
    wake_at = to_timestamp(x.wake_ms / 1000.0), ready_at = to_timestamp(x.ready_ms / 1000.0),
    started_at = to_timestamp(x.started_ms / 1000.0), finished_at = to_timestamp(x.finished_ms / 1000.0)
  from json_to_recordset($2::json) as x(id uuid, run_id uuid, status text, attempt integer, failed_attempts integer,
    effect text, result jsonb, has_payload boolean, error jsonb, source text, waiting_for text, wait jsonb,
    wake_ms double precision, ready_ms double precision, started_ms double precision, finished_ms double precision)
  where t.id = x.id and x.run_id in (select id from held)
), written_events as (
  insert into run_events (run_id, sequence, type, task_id, at, data)
  select x.run_id, x.sequence, x.type, x.task_id, to_timestamp(x.at_ms / 1000.0), x.data
  from json_to_recordset($3::json) as x(run_id uuid, sequence integer, type text, task_id text, at_ms double precision, data jsonb)
  where x.run_id in (select id from held)
  on conflict (run_id, sequence) do nothing
), applied_signals as (
  update run_signals s set applied_at = clock_timestamp()
  from json_to_recordset($5::json) as x(run_id uuid, sequence bigint)
  where s.run_id = x.run_id and s.sequence = x.sequence and x.run_id in (select id from held)
)
select id, pg_notify('tandem_runs', $4) from held`;

export interface CheckpointTexts {
  readonly runs: string;
  readonly tasks: string;
  readonly events: string;
  readonly notification: string;
  readonly signals: string;
}

export function checkpoint(texts: CheckpointTexts): Statement {
  const { runs, tasks, events, notification, signals } = texts;
  return { text: TEXT, values: [runs, tasks, events, notification, signals] };
}
