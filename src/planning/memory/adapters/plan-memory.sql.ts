import type { Statement } from '../../../database/unit-of-work.js';

/**
 * Plans whose runs ended (index runs_ended, then workflow_plans by its unique index on workflow_id) or that were rejected
 * since. A run counts for the plan whose definition it executed.
 */
export const learnPlans = (since: Date): Statement => ({
  text: `with judged as (
      select p.id, bool_and(r.status = 'succeeded') as is_accepted
      from runs r
      join workflow_plans p on p.workflow_id = r.workflow_id and p.run_id is null
        and p.status in ('approved', 'superseded') and p.plan_data -> 'definition' = r.definition
      where r.finished_at > $1 and r.status in ('succeeded', 'failed') and p.plan_data ->> 'request' is not null
      group by p.id
      union all
      select id, false from workflow_plans
      where status = 'rejected' and decided_at > $1 and plan_data ->> 'request' is not null
    )
    insert into plan_memory (plan_id, is_accepted) select id, is_accepted from judged
    on conflict (plan_id) do update set is_accepted = false, learned_at = now()
      where plan_memory.is_accepted and not excluded.is_accepted`,
  values: [since],
});

/** How many are remembered and when the last change was. The table is small. */
export const memoryVersion = (): Statement => ({
  text: `select count(*) filter (where forgotten_at is null) || ' ' || coalesce(max(greatest(learned_at, forgotten_at)), 'epoch')::text as version
    from plan_memory`,
  values: [],
});

/** The newest with what is needed of each plan. */
export const loadMemory = (limit: number): Statement => ({
  text: `select m.plan_id, m.is_accepted, p.workflow_id, p.plan_data ->> 'request' as request,
      (select jsonb_agg(jsonb_build_object('taskId', t -> 'taskId', 'taskType', t -> 'taskType',
        'description', t -> 'description', 'dependencies', t -> 'dependencies'))
        from jsonb_array_elements(p.plan_data -> 'definition' -> 'tasks') t) as tasks
    from plan_memory m join workflow_plans p on p.id = m.plan_id
    where m.forgotten_at is null order by m.plan_id desc limit $1`,
  values: [limit],
});

/** By primary key. */
export const forgetPlan = (planId: string): Statement => ({
  text: `update plan_memory set forgotten_at = now() where plan_id = $1 and forgotten_at is null returning plan_id`,
  values: [planId],
});

/** Drafts that memory made without a model. */
export const memoryUse = (): Statement => ({
  text: `select count(*)::int as planned, count(*) filter (where status in ('approved', 'superseded'))::int as approved,
      count(*) filter (where status = 'rejected')::int as rejected
    from workflow_plans where source = 'rule' and plan_data ->> 'reason' = 'rule_known'`,
  values: [],
});
