import { brokenRules, type BrokenRule, type Query } from '../invariants.js';
import type { Ledger, LedgerCall } from './ledger.js';

/** Beside the rules of invariants.ts, what only holds for the load of this harness; `$1` are the runs to look at. */
const RULES: Readonly<Record<string, string>> = {
  'an acknowledged start is one run': `
select format('%s runs of start %s', count(*), input ->> 'start') as detail from runs
where id = any($1::uuid[]) and parent_run_id is null and retry_of_run_id is null and input ? 'start'
group by input ->> 'start' having count(*) > 1`,

  'a task has one child run': `
select format('task %s has %s child runs', parent_task_id, count(*)) as detail from runs
where parent_run_id = any($1::uuid[]) group by parent_task_id having count(*) > 1`,

  'a parent hears of the end of its child once': `
select format('task %s of run %s heard %s times', task_id, run_id, count(*)) as detail from run_signals
where run_id = any($1::uuid[]) and kind = 'childEnded' group by run_id, task_id having count(*) > 1`,

  'a succeeded parent has the result of its child': `
select format('task %s says %s', t.id, t.result ->> 'runId') as detail from tasks t
where t.run_id = any($1::uuid[]) and t.task_type = 'workflow.run' and t.status = 'succeeded' and not exists (
  select from runs child where child.parent_task_id = t.id and child.id::text = t.result ->> 'runId' and child.status = 'succeeded')`,

  'I11 every run has ended': `
select format('run %s is %s; owner %s, job %s after %s, unapplied signals %s; tasks %s', r.id, r.status, r.owner_id, j.state, j.start_after, (
  select string_agg(s.kind, ', ') from run_signals s where s.run_id = r.id and s.applied_at is null), (
  select string_agg(format('%s %s %s', t.task_id, t.status, t.waiting_for), ', ' order by t.position) from tasks t
  where t.run_id = r.id and t.finished_at is null)) as detail
from runs r left join pgboss.job j on j.name = 'runs' and j.id = r.job_id
where r.id = any($1::uuid[]) and r.finished_at is null`,
};

interface LedgerTask extends Record<string, unknown> {
  readonly id: string;
  readonly run_id: string;
  readonly status: string;
  readonly source: string | null;
  readonly entry: number | null;
  readonly stored: string | null;
  /** Types of its events, in their order. */
  readonly events: string | null;
}

function callsAgainstRules(calls: readonly LedgerCall[]): BrokenRule[] {
  const broken: BrokenRule[] = [];
  const byTask = Map.groupBy(calls, ({ runId, taskId }) => `task ${taskId} of run ${runId}`);
  for (const [task, ofTask] of byTask) {
    const keys = new Set(ofTask.map(({ key }) => key));
    if (keys.size > 1)
      broken.push({
        rule: 'every attempt of a task has the same key',
        detail: `${task}: ${[...keys].join()}`,
      });
    if (ofTask[0]?.effect === 'irreversible' && ofTask.length > 1) {
      const seen = ofTask.map(({ attempt, how, at }) => `attempt ${attempt} at ${at} ${how}`).join(', ');
      broken.push({ rule: 'an irreversible task is never repeated', detail: `${task}: ${seen}` });
    }
  }
  return broken;
}

/** What tasks say of their effects against what the ledger has. */
function tasksAgainstLedger(tasks: readonly LedgerTask[], ledger: Ledger): BrokenRule[] {
  return tasks.flatMap(({ id, run_id, status, source, entry, stored, events }) => {
    const recorded = ledger.effects.get(id) ?? null;
    if (status !== 'succeeded' || source === 'copied' || recorded === entry) return [];
    return {
      rule: 'a succeeded task had its effect',
      detail: `task ${id} of run ${run_id}: says ${stored}, ledger ${recorded}; ${events}`,
    };
  });
}

export interface Checked {
  readonly broken: readonly BrokenRule[];
  readonly runs: number;
}

/** Everything that is broken among the runs that are acknowledged or there, but for those that were checked before. */
export async function checkAll(
  query: Query,
  {
    acknowledged,
    ledger,
    checked,
  }: { acknowledged: readonly string[]; ledger: Ledger; checked: Set<string> },
): Promise<Checked> {
  const there = await query<{ id: string }>('select id from runs');
  const runIds = [...new Set([...acknowledged, ...there.map(({ id }) => id)])].filter(
    (id) => !checked.has(id),
  );
  const broken = await brokenRules(query, runIds);
  for (const [rule, text] of Object.entries(RULES)) {
    for (const { detail } of await query<{ detail: string }>(text, [runIds])) broken.push({ rule, detail });
  }
  const tasks = await query<LedgerTask>(
    `select id, run_id, status, source, (result ->> 'entry')::integer as entry, result::text as stored, (
       select string_agg(e.type || ' ' || e.data::text, ', ' order by e.sequence) from run_events e
       where e.run_id = tasks.run_id and e.task_id = tasks.task_id) as events
     from tasks where run_id = any($1::uuid[]) and task_type = 'ledger.pay'
       -- What could not be undone was undone by a person, who completed the task.
       and not (source = 'person' and result ? 'answer')`,
    [runIds],
  );
  broken.push(...tasksAgainstLedger(tasks, ledger), ...callsAgainstRules(ledger.calls));
  const gone = await query<{ detail: string }>(
    `select 'run ' || known.id || ' is gone' as detail from unnest($1::uuid[]) as known(id)
     where not exists (select from runs r where r.id = known.id)`,
    [acknowledged],
  );
  for (const { detail } of gone) broken.push({ rule: 'I1 an acknowledged run exists', detail });
  for (const id of runIds) checked.add(id);
  broken.push(...(await brokenPermits(query)));
  return { broken, runs: runIds.length };
}

/** Most tasks of each limited agent that ran at the same time, out of the moves of its tasks. */
const OVER_THE_LIMIT = `
with move as (
  select h.number, t.agent_id, (h.status = 'running')::integer
    - (lag(h.status) over (partition by h.task_id order by h.number) is not distinct from 'running')::integer as change
  from history h join tasks t on t.id = h.task_id join agents a on a.id = t.agent_id and a.max_concurrent_tasks is not null
), level as (
  select agent_id, sum(change) over (partition by agent_id order by number) as running from move
)
select format('agent %s ran %s tasks at the same time, may run %s', a.id, max(l.running), a.max_concurrent_tasks) as detail
from level l join agents a on a.id = l.agent_id group by a.id having max(l.running) > a.max_concurrent_tasks`;

/** No permit is left when every run has ended. */
const LEAKED_PERMITS = `
select format('agent %s: run %s, task %s %s', p.agent_id, p.run_id, t.task_id, t.status) as detail
from agent_permits p join tasks t on t.id = p.task_id where t.finished_at is not null`;

async function brokenPermits(query: Query): Promise<BrokenRule[]> {
  const over = await query<{ detail: string }>(OVER_THE_LIMIT);
  const leaked = await query<{ detail: string }>(LEAKED_PERMITS);
  return [
    ...over.map(({ detail }) => ({ rule: 'an agent stays within its limit', detail })),
    ...leaked.map(({ detail }) => ({ rule: 'no permit is left behind', detail })),
  ];
}
