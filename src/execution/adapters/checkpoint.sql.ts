import type { PreparedStatement } from '../../database/prepared-statements.js';

/**
 * The steps of many runs in one statement, one commit. Runs come with the epoch of their owner and are locked first,
 * in the order of their ids, so that no two processes wait for each other; one whose epoch no longer matches is not
 * held, and its tasks and events are not written: a zombie writes nothing while the other runs of the batch go on.
 * The same statement may be sent again after a lost answer: events are inserted only while their run's count is
 * behind. `$33` is the payload of the one NOTIFY. Every table by primary key.
 *
 * Tasks, events and signals name their run by its place in `$1`; `(… in …) is true` keeps that look-up a hash.
 */
const TEXT = `
with held as materialized (
  select r.id, x.*, r.stored_count < x.event_count as is_new
  from unnest($1::uuid[], $2::bigint[], $3::integer[], $4::boolean[], $5::text[], $6::text[], $7::jsonb[], $8::double precision[])
    with ordinality as x(run_id, epoch, event_count, productive, status, reason, output, finished_ms, run)
  cross join lateral (
    select id, event_count as stored_count from runs
    where id = x.run_id and epoch = x.epoch and finished_at is null for no key update
  ) r
), written_runs as (
  update runs r set
    event_count = h.event_count,
    status = coalesce(h.status, r.status),
    reason = coalesce(h.reason, r.reason),
    output = coalesce(h.output, r.output),
    finished_at = coalesce(to_timestamp(h.finished_ms / 1000.0), r.finished_at),
    owner_id = case when h.finished_ms is null then r.owner_id end,
    fruitless_claims = case when h.productive then 0 else r.fruitless_claims end
  from held h where r.id = h.id
), written_tasks as (
  update tasks t set
    status = x.status, attempt = x.attempt, failed_attempts = x.failed_attempts, effect = x.effect,
    result = x.result, has_payload = x.has_payload, error = x.error, source = x.source,
    waiting_for = x.waiting_for, wait = x.wait,
    wake_at = to_timestamp(x.wake_ms / 1000.0), ready_at = to_timestamp(x.ready_ms / 1000.0),
    started_at = to_timestamp(x.started_ms / 1000.0), finished_at = to_timestamp(x.finished_ms / 1000.0)
  from unnest($9::uuid[], $10::integer[], $11::text[], $12::integer[], $13::integer[], $14::text[], $15::jsonb[],
      $16::boolean[], $17::jsonb[], $18::text[], $19::text[], $20::jsonb[], $21::double precision[],
      $22::double precision[], $23::double precision[], $24::double precision[])
    as x(id, run, status, attempt, failed_attempts, effect, result, has_payload, error, source, waiting_for, wait,
      wake_ms, ready_ms, started_ms, finished_ms)
  where t.id = x.id and (x.run in (select run from held)) is true
), written_events as (
  insert into run_events (run_id, sequence, type, task_id, at, data)
  select ($1::uuid[])[x.run], x.sequence, x.type, x.task_id, to_timestamp(x.at_ms / 1000.0), x.data
  from unnest($25::integer[], $26::integer[], $27::text[], $28::text[], $29::double precision[], $30::jsonb[])
    as x(run, sequence, type, task_id, at_ms, data)
  where (x.run in (select run from held where is_new)) is true
), applied_signals as (
  update run_signals s set applied_at = clock_timestamp()
  from unnest($31::integer[], $32::bigint[]) as x(run, sequence)
  where s.run_id = ($1::uuid[])[x.run] and s.sequence = x.sequence and (x.run in (select run from held)) is true
)
select id, pg_notify('tandem_runs', $33) from held`;

/** One array literal per column. */
export interface CheckpointArrays {
  readonly runs: readonly string[];
  readonly tasks: readonly string[];
  readonly events: readonly string[];
  readonly signals: readonly string[];
  readonly notification: string;
}

export function checkpoint(arrays: CheckpointArrays): PreparedStatement {
  const { runs, tasks, events, signals, notification } = arrays;
  return {
    name: 'checkpoint',
    text: TEXT,
    values: [...runs, ...tasks, ...events, ...signals, notification],
  };
}
