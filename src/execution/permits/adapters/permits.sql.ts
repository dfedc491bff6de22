import type { Statement } from '../../../database/unit-of-work.js';
import type { PermitRequest } from '../permits-store.port.js';

/** Whose tasks need permits: by the partial index `agents_limited`. */
const IS_LIMITED = `(max_concurrent_tasks is not null or status <> 'active')`;

/** True when the agent of a row of `tasks t` needs permits, else null; one look at an empty index when none does. */
export const HAS_LIMITED_AGENT = `nullif(t.agent_id = any(array(select id from agents where ${IS_LIMITED})), false)`;

export const limitedAgents = (): Statement => ({
  text: `select id from agents where ${IS_LIMITED}`,
  values: [],
});

/** Locks a run its owner may go on with, then the agent; no row when the run is lost or paused. Primary keys. */
export const lockForPermit = ({ runId, epoch, agentId }: PermitRequest): Statement => ({
  text: `
with run as materialized (
  select id from runs
  where id = $1 and epoch = $2 and owner_id is not null and finished_at is null and status <> 'paused' for no key update
)
select id from agents where id = $3 and exists (select from run) for no key update`,
  values: [runId, epoch, agentId],
});

/**
 * The task's permit, or its place among those that wait: free is what its limit leaves after those that hold one and
 * those that wait before it. Under the locks of `lockForPermit`, taken in a statement of their own so that this one
 * sees what others committed before. By the primary key and the two partial indexes on agent_id.
 */
export const takePermit = ({ taskId, agentId, priority }: PermitRequest): Statement => ({
  text: `
with asked as (
  select t.id, t.run_id, t.agent_id, coalesce(p.asked_at, clock_timestamp()) as asked_at, p.granted_at, p.task_id is null as is_new
  from tasks t left join agent_permits p on p.task_id = t.id
  where t.id = $1 and t.agent_id = $2 and t.status = 'ready'
), taken as (
  insert into agent_permits as p (task_id, run_id, agent_id, priority, asked_at, granted_at)
  select a.id, a.run_id, a.agent_id, $3, a.asked_at, case when a.granted_at is not null or (
      select agent.status = 'active' and (agent.max_concurrent_tasks is null
        or agent.max_concurrent_tasks > (
          select count(*) from agent_permits h where h.agent_id = $2 and h.granted_at is not null
        ) + (
          select count(*) from agent_permits w where w.agent_id = $2 and w.granted_at is null and w.task_id <> a.id
            and (w.priority > $3 or (w.priority = $3 and w.asked_at <= a.asked_at))
        ))
      from agents agent where agent.id = $2) then clock_timestamp() end
  from asked a
  on conflict (task_id) do update set granted_at = coalesce(p.granted_at, excluded.granted_at)
  returning granted_at
)
select taken.granted_at is not null as is_granted, asked.is_new from taken, asked`,
  values: [taskId, agentId, priority],
});

/** The next tasks of each agent for what is free of it, among those of `runIds` (null: of all runs). */
const NEXT = `
select w.task_id, w.run_id, a.id as agent_id
from agents a
cross join lateral (
  select count(*) as held from agent_permits where agent_id = a.id and granted_at is not null
) h
cross join lateral (
  select task_id, run_id from agent_permits p
  where p.agent_id = a.id and p.granted_at is null and ($2::uuid[] is null or p.run_id = any($2::uuid[]))
  order by p.priority desc, p.asked_at, p.task_id
  limit greatest(coalesce(a.max_concurrent_tasks, 1000) - h.held, 0)
) w
where a.id = any($1::uuid[]) and a.status = 'active'`;

/** By the partial index `agent_permits_awaited`. */
export const nextForPermits = (agentIds: readonly string[]): Statement => ({
  text: NEXT,
  values: [agentIds, null],
});

export const lockAgents = (agentIds: readonly string[]): Statement => ({
  text: 'select id from agents where id = any($1::uuid[]) order by id for no key update',
  values: [agentIds],
});

/** Under the locks of the runs and the agents. */
export const grantPermits = (agentIds: readonly string[], runIds: readonly string[]): Statement => ({
  text: `
update agent_permits p set granted_at = clock_timestamp() from (${NEXT}) next
where p.task_id = next.task_id returning p.task_id, p.run_id, p.agent_id`,
  values: [agentIds, runIds],
});

/** Index-only by `agent_permits_awaited`. */
export const awaitedAgents = (): Statement => ({
  text: 'select distinct agent_id as id from agent_permits where granted_at is null',
  values: [],
});

/** By primary key; under the locks of their runs. */
export const freePermits = (taskIds: readonly string[]): Statement => ({
  text: 'delete from agent_permits where task_id = any($1::uuid[]) returning agent_id as id',
  values: [taskIds],
});

export interface PermitRow {
  readonly task_id: string;
  readonly is_granted: boolean;
}

/** What tasks of these runs hold or wait for. By `agent_permits_run`. */
export const loadPermits = (runIds: readonly string[]): Statement => ({
  text: 'select task_id, granted_at is not null as is_granted from agent_permits where run_id = any($1::uuid[])',
  values: [runIds],
});
