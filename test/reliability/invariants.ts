import type { TestDatabase } from '../support/test-database.js';
import { WATCH } from './watch.js';

export type Query = TestDatabase['query'];

/** A broken rule of architecture.md ("What must stay true") and where. */
export interface BrokenRule {
  readonly rule: string;
  readonly detail: string;
}

/** Each answers `detail` of what breaks its rule; `$1` are the ids of the runs that were acknowledged. */
const RULES: Readonly<Record<string, string>> = {
  'I1 an acknowledged run exists': `
select 'run ' || known.id || ' is gone' as detail from unnest($1::uuid[]) as known(id)
where not exists (select from runs r where r.id = known.id) or not exists (select from tasks t where t.run_id = known.id)`,

  'I2 a run ends in exactly one terminal state': `
select format('run %s is %s, finished %s, ends %s', r.id, r.status, r.finished_at, e.types) as detail
from runs r left join lateral (
  select array_agg(type order by sequence) as types, max(sequence) as last from run_events
  where run_id = r.id and type in ('run.succeeded', 'run.failed', 'run.cancelled')) e on true
where r.id = any($1::uuid[]) and case when r.status in ('succeeded', 'failed', 'cancelled')
  then r.finished_at is null or e.types is distinct from array['run.' || r.status] or e.last <> r.event_count
    or r.owner_id is not null
    or exists (select from tasks t where t.run_id = r.id and t.finished_at is null
      -- A run that was ended from outside leaves what is in doubt in doubt.
      and (t.status <> 'unknown' or r.status = 'succeeded' or r.reason in ('task_failed', 'task_cancelled')))
  else r.finished_at is not null or e.types is not null end`,

  'I3 one recorded result per succeeded task': `
with told as (
  select e.run_id, e.task_id, count(*) filter (where ends) as ends, min(type) filter (where ends) as type,
    min(sequence) filter (where ends) as ended, max(sequence) filter (where e.type = 'task.started') as started
  from run_events e, lateral (select e.type in ('task.succeeded', 'task.skipped', 'task.cancelled')
    or (e.type = 'task.failed' and e.data -> 'final' = 'true') as ends) what
  where e.run_id = any($1::uuid[]) and e.task_id is not null group by 1, 2
)
select format('task %s of run %s is %s; on record: %s ends (%s), the last start %s', t.task_id, t.run_id, t.status, told.ends,
  told.type, case when told.started > told.ended then 'after its end' else 'before it' end) as detail
from tasks t left join told using (run_id, task_id)
where t.run_id = any($1::uuid[]) and t.source is distinct from 'copied'
  and (coalesce(told.ends, 0) <> case when t.finished_at is null then 0 else 1 end or told.type <> 'task.' || t.status
    or (t.status in ('succeeded', 'failed', 'skipped', 'cancelled')) is distinct from (t.finished_at is not null)
    or (t.has_payload and not exists (select from task_payloads p where p.task_id = t.id))
    or told.started > told.ended)`,

  'I5 events are 1..n without gaps': `
select format('run %s counts %s events, has %s from %s to %s', r.id, r.event_count, e.count, e.first, e.last) as detail
from runs r left join lateral (
  select count(*) as count, min(sequence) as first, max(sequence) as last from run_events where run_id = r.id) e on true
where r.id = any($1::uuid[]) and (e.count <> r.event_count or e.first <> 1 or e.last <> r.event_count)`,

  'I7 a task starts after every dependency is committed': `
with edge as (
  select r.id as run_id, task ->> 'taskId' as task_id, dependency
  from runs r, jsonb_array_elements(r.definition -> 'tasks') task, jsonb_array_elements_text(task -> 'dependencies') dependency
  where r.id = any($1::uuid[])
), started as (
  select run_id, task_id, sequence, xmin::text as tx from run_events where run_id = any($1::uuid[]) and type = 'task.started'
), ended as (
  select run_id, task_id, sequence, xmin::text as tx from run_events where run_id = any($1::uuid[])
    and (type in ('task.succeeded', 'task.skipped', 'task.cancelled') or (type = 'task.failed' and data -> 'final' = 'true'))
)
select format('task %s of run %s started (event %s) before %s had ended (event %s)', s.task_id, s.run_id, s.sequence, edge.dependency, e.sequence) as detail
from started s join edge using (run_id, task_id)
left join ended e on e.run_id = edge.run_id and e.task_id = edge.dependency
where (e.sequence is null or e.sequence > s.sequence or e.tx = s.tx)
  and not exists (select from tasks t where t.run_id = edge.run_id and t.task_id = edge.dependency and t.source = 'copied')`,

  'a permit belongs to a task that may run': `
select format('task %s is %s and %s a permit', t.id, t.status, case when p.granted_at is null then 'awaits' else 'holds' end) as detail
from agent_permits p join tasks t on t.id = p.task_id
where t.run_id = any($1::uuid[]) and t.status <> 'ready' and (p.granted_at is null or t.status <> 'running')`,

  'I11 no run waits for ever': `
select format('run %s is %s and nothing will move it', r.id, r.status) as detail
from runs r where r.id = any($1::uuid[]) and r.finished_at is null
  and not exists (select from processes p where p.id = r.owner_id)
  and not exists (select from pgboss.job j where j.name = 'runs' and j.id = r.job_id and j.state in ('created', 'retry', 'active'))
  and not (r.status in ('waiting', 'paused', 'compensating')
    and not exists (select from run_signals s where s.run_id = r.id and s.applied_at is null)
    and (r.status = 'paused'
      or exists (select from agent_permits p where p.run_id = r.id and p.granted_at is null)
      or exists (select from tasks t where t.run_id = r.id and (t.waiting_for = 'person' or t.status = 'unknown'))
      or exists (select from tasks t join runs child on child.parent_task_id = t.id and child.finished_at is null
        where t.run_id = r.id and t.waiting_for = 'childRun')))`,
};

/** The same, of what the triggers of `WATCH` wrote down. */
const HISTORY_RULES: Readonly<Record<string, string>> = {
  'an irreversible attempt in doubt is unknown, never repeated': `
with move as (
  select *, lead(status) over later as next, lead(attempt) over later as next_attempt,
    lead(failed_attempts) over later as next_failed, lag(status) over later as previous
  from history where run_id = any($1::uuid[]) and task_id is not null
  window later as (partition by task_id order by number)
)
select format('task %s of run %s, attempt %s: %s, then %s (attempt %s)', task_id, run_id, attempt, status, next, next_attempt) as detail
from move where effect = 'irreversible' and (
  (status = 'running' and next in ('pending', 'ready', 'running', 'cancelled', 'skipped') and next_failed = failed_attempts)
  -- Its start is committed before its handler is called.
  or (status = 'succeeded' and source = 'handler' and previous in ('pending', 'ready')))`,

  'I6 an epoch has one owner': `
select format('run %s had %s owners in epoch %s', run_id, count(distinct owner_id), epoch) as detail
from history where run_id = any($1::uuid[]) and task_id is null and owner_id is not null
group by run_id, epoch having count(distinct owner_id) > 1`,

  'I2 nothing moves after the end of a run': `
select format('run %s moved to %s after its end', h.run_id, h.status) as detail
from history h join (select run_id, min(number) as ended from history
  where run_id = any($1::uuid[]) and task_id is null and status in ('succeeded', 'failed', 'cancelled') group by 1) e using (run_id)
where h.number > e.ended and h.task_id is null and h.status not in ('succeeded', 'failed', 'cancelled')`,
};

/** Everything that is broken among these runs, as stored now and as watched since `WATCH`; empty when all is well. */
export async function brokenRules(query: Query, runIds: readonly string[]): Promise<BrokenRule[]> {
  const broken: BrokenRule[] = [];
  for (const [rule, text] of Object.entries(RULES)) {
    for (const { detail } of await query<{ detail: string }>(text, [runIds])) broken.push({ rule, detail });
  }
  const [watching] = await query<{ yes: boolean }>(`select to_regclass('broken_rules') is not null as yes`);
  if (watching?.yes !== true) return broken;
  for (const [rule, text] of Object.entries(HISTORY_RULES)) {
    for (const { detail } of await query<{ detail: string }>(text, [runIds])) broken.push({ rule, detail });
  }
  return [
    ...broken,
    ...(await query<{ rule: string; detail: string }>('select rule, detail from broken_rules')),
  ];
}

export async function watch(query: Query): Promise<void> {
  await query(WATCH);
}
