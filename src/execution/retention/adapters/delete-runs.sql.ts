import type { Statement } from '../../../database/unit-of-work.js';

/** Any number that nothing else locks. */
const RETENTION_LOCK = 7_302_014_115;

export interface DeletedRow {
  readonly count: number;
}

/** Until the transaction ends; not waited for. */
export const TAKE_TURN: Statement = {
  text: `select pg_try_advisory_xact_lock(${RETENTION_LOCK}) as taken`,
  values: [],
};

/**
 * The oldest ended runs by runs_ended, at most `maxRuns` and, after the first, no more than have `maxEvents` together:
 * a run may have 10,000 tasks. One with a delivery still pending is left, since its receiver will ask for it. Then
 * everything by run or task id: tasks, events, signals by their keys, recovery_proposals_run_id, deliveries by
 * (run_id, webhook_id). Deliveries are locked in the order of their ids, as when a webhook is deleted.
 */
export function deleteRuns(before: Date, maxRuns: number, maxEvents: number): Statement {
  return {
    text: `
with locked as materialized (
  select r.id, r.finished_at, r.event_count from runs r
  where r.finished_at < $1 and not exists (
    select from webhook_deliveries d where d.run_id = r.id and d.status = 'pending')
  order by r.finished_at limit $2 for update skip locked
), old as materialized (
  select id from (
    select id, sum(event_count) over (order by finished_at, id) - event_count as events_before from locked
  ) l where events_before < $3
), old_deliveries as materialized (
  select d.id from old join webhook_deliveries d on d.run_id = old.id order by d.id for update of d
), deliveries as (delete from webhook_deliveries d using old_deliveries o where d.id = o.id),
proposals as (delete from recovery_proposals p using old where p.run_id = old.id),
signals as (delete from run_signals s using old where s.run_id = old.id),
events as (delete from run_events e using old where e.run_id = old.id),
old_tasks as (delete from tasks t using old where t.run_id = old.id returning t.id),
payloads as (delete from task_payloads p using old_tasks t where p.task_id = t.id),
gone as (delete from runs r using old where r.id = old.id returning r.id)
select count(*)::integer as count from gone`,
    values: [before.toISOString(), maxRuns, maxEvents],
  };
}
