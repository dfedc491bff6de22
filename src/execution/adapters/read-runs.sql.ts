import type { Statement } from '../../database/unit-of-work.js';
import type { RunFilter, TaskFilter } from '../runs-store.port.js';

const LARGE_BYTES = 32 * 1024;
const RUN_COLUMNS = `id, workflow_id, agent_id, retry_of_run_id, parent_run_id, assisted, status, reason, event_count, created_at,
  started_at, finished_at`;
const TASK_COLUMNS = `id, run_id, task_id, task_type, agent_id, parent_task_id, status, waiting_for, wait, wake_at,
  attempt, alternative, parameters, effect, result, has_payload, error, source, ready_at, started_at, finished_at,
  (select c.id from runs c where c.parent_task_id = tasks.id order by c.parent_attempt desc limit 1) as child_run_id`;

/** Conditions that are asked for, joined by `and`, with their parameters. */
class Conditions {
  readonly values: unknown[] = [];
  private readonly parts: string[] = [];

  add(column: string, operator: '=' | '>', value: unknown): this {
    if (value === undefined || value === null) return this;
    this.values.push(value);
    this.parts.push(`${column} ${operator} $${this.values.length}`);
    return this;
  }

  get where(): string {
    return this.parts.length === 0 ? '' : `where ${this.parts.join(' and ')}`;
  }
}

export const selectRun = (id: string): Statement => ({
  text: `select ${RUN_COLUMNS}, input, output from runs where id = $1`,
  values: [id],
});

export const selectRunWithDefinition = (id: string): Statement => ({
  text: `select ${RUN_COLUMNS}, input, output, definition from runs where id = $1`,
  values: [id],
});

/** Oldest first, by primary key (ids are UUIDv7) or by the index on (workflow_id, id). */
export function selectRuns(filter: RunFilter, after: string | null, limit: number): Statement {
  const conditions = new Conditions()
    .add('id', '>', after)
    .add('workflow_id', '=', filter.workflowId)
    .add('status', '=', filter.status)
    .add('created_at', '>', filter.createdAfter?.toISOString());
  return {
    text: `
select ${RUN_COLUMNS},
  case when pg_column_size(input) <= ${LARGE_BYTES} then input end as input,
  case when pg_column_size(output) <= ${LARGE_BYTES} then output end as output
from runs ${conditions.where} order by id limit ${limit}`,
    values: conditions.values,
  };
}

/** One grouped query per page, by the index on (run_id, task_id). */
export const countTasks = (runIds: readonly string[]): Statement => ({
  text: `select run_id, status, count(*)::integer as count from tasks where run_id = any($1::uuid[]) group by 1, 2`,
  values: [runIds],
});

/** By primary key: at most some ten events a task. */
export const countEvents = (runId: string): Statement => ({
  text: `select type, count(*)::integer as count from run_events where run_id = $1 group by type`,
  values: [runId],
});

export const selectTask = (id: string): Statement => ({
  text: `select ${TASK_COLUMNS} from tasks where id = $1`,
  values: [id],
});

export const selectOnlyTasks = (runIds: readonly string[]): Statement => ({
  text: `select ${TASK_COLUMNS} from tasks where run_id = any($1::uuid[]) and position = 0`,
  values: [runIds],
});

/** In order of id, which within a run is the order of its definition. The inbox goes by tasks_waiting_for. */
export function selectTasks(filter: TaskFilter, after: string | null, limit: number): Statement {
  const conditions = new Conditions()
    .add('run_id', '=', filter.runId)
    .add('waiting_for', '=', filter.waitingFor)
    .add('status', '=', filter.status)
    .add('agent_id', '=', filter.agentId)
    .add('task_type', '=', filter.taskType)
    .add('id', '>', after);
  return {
    text: `select ${TASK_COLUMNS} from tasks ${conditions.where} order by id limit ${limit}`,
    values: conditions.values,
  };
}

/** By primary keys. */
export const selectTaskDefinition = (taskId: string): Statement => ({
  text: `
select coalesce(t.definition, r.definition -> 'tasks' -> t.position) as definition
from tasks t join runs r on r.id = t.run_id where t.id = $1`,
  values: [taskId],
});

/** Up the chain of parents, by primary key. */
export const countAncestors = (taskId: string): Statement => ({
  text: `
with recursive above as (
  select parent_task_id from tasks where id = $1
  union all
  select t.parent_task_id from tasks t join above a on t.id = a.parent_task_id
)
select count(parent_task_id)::integer as count from above`,
  values: [taskId],
});

/** By primary key. */
export const selectAwaitedChildren = (taskIds: readonly string[]): Statement => ({
  text: `
select id, wait ->> 'runId' as child_id from tasks
where id = any($1::uuid[]) and status = 'waiting' and waiting_for = 'childRun'`,
  values: [taskIds],
});

export const selectPayload = (taskId: string): Statement => ({
  text: `select value from task_payloads where task_id = $1`,
  values: [taskId],
});

export const selectEvents = (runId: string, after: number, limit: number): Statement => ({
  text: `
select run_id, sequence, type, task_id, at, data from run_events where run_id = $1 and sequence > $2 order by sequence limit $3`,
  values: [runId, after, limit],
});
