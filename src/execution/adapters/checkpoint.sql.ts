import type { PreparedStatement } from '../../database/prepared-statements.js';
import { ADDED_DELIVERIES } from './added-deliveries.sql.js';

/** One array literal per column; null where a part has no rows. The parts of the last group are often missing. */
export interface CheckpointArrays {
  readonly runs: readonly string[];
  readonly tasks: readonly string[];
  readonly events: readonly string[];
  /** Agent and alternative of every task among `tasks`, in its order. */
  readonly assignments: readonly string[] | null;
  /** The new definition of every task among `tasks`, in its order; null where it stays as it is. */
  readonly definitions: readonly string[] | null;
  readonly addedTasks: readonly string[] | null;
  readonly proposals: readonly string[] | null;
  readonly signals: readonly string[] | null;
  /** Some run of the batch ends: whoever wants to hear of it is looked for. */
  readonly hasEnds: boolean;
  /** Payload of the one NOTIFY. */
  readonly notification: string;
}

const RUNS = 'uuid bigint integer boolean text text jsonb float8'.split(' ');
const STATE =
  'text integer integer text jsonb boolean jsonb text text jsonb float8 float8 float8 float8'.split(' ');
const STATE_FIELDS = `status, attempt, failed_attempts, effect, result, has_payload, error, source,
      waiting_for, wait, wake_ms, ready_ms, started_ms, finished_ms`;
const TASKS = ['uuid', 'integer', ...STATE];
const TASK_FIELDS = `id, run, ${STATE_FIELDS}`;
const ASSIGNMENTS = ['uuid', 'integer'];
const DEFINITIONS = ['jsonb'];
const ADDED = [...'uuid integer text text jsonb uuid jsonb integer uuid integer'.split(' '), ...STATE];
const EVENTS = 'integer integer text text float8 jsonb'.split(' ');
const PROPOSALS = 'uuid integer integer jsonb'.split(' ');
const SIGNALS = ['integer', 'bigint'];

/** What a task becomes whose definition has changed. */
const REDEFINED = `, definition = coalesce(x.definition, t.definition),
    task_type = coalesce(x.definition ->> 'taskType', t.task_type),
    parameters = coalesce(x.definition -> 'parameters', t.parameters)`;

/** Numbers the parameters of a statement as its parts ask for them. */
class Parameters {
  private count = 0;

  unnest(types: readonly string[]): string {
    return `unnest(${types.map((type) => `$${(this.count += 1)}::${type}[]`).join(', ')})`;
  }

  one(): string {
    return `$${(this.count += 1)}`;
  }
}

type Optional = 'assignments' | 'definitions' | 'addedTasks' | 'proposals' | 'signals' | 'ends';

/**
 * The steps of many runs in one statement, one commit. Runs come with the epoch of their owner and are locked first,
 * in the order of their ids, so that no two processes wait for each other; one whose epoch no longer matches is not
 * held, and its tasks and events are not written: a zombie writes nothing while the other runs of the batch go on.
 * The same statement may be sent again after a lost answer: events are inserted only while their run's count is
 * behind, new tasks and proposals once. Every table by primary key.
 *
 * Tasks, events and signals name their run by its place in `$1`; `(… in …) is true` keeps that look-up a hash. A part
 * without rows is left out of the statement: it would cost as much as a few rows.
 */
function checkpointText(has: Readonly<Record<Optional, boolean>>): string {
  const parameters = new Parameters();
  const parts = [
    `held as materialized (
  select r.id, x.*, r.stored_count < x.event_count as is_new
  from ${parameters.unnest(RUNS)}
    with ordinality as x(run_id, epoch, event_count, productive, status, reason, output, finished_ms, run)
  cross join lateral (
    select id, event_count as stored_count from runs
    where id = x.run_id and epoch = x.epoch and finished_at is null for no key update
  ) r
)`,
    `written_runs as (
  update runs r set
    event_count = h.event_count,
    status = coalesce(h.status, r.status),
    reason = coalesce(h.reason, r.reason),
    output = coalesce(h.output, r.output),
    finished_at = coalesce(to_timestamp(h.finished_ms / 1000.0), r.finished_at),
    owner_id = case when h.finished_ms is null then r.owner_id end,
    fruitless_claims = case when h.productive then 0 else r.fruitless_claims end
  from held h where r.id = h.id
)`,
    `written_tasks as (
  update tasks t set
    status = x.status, attempt = x.attempt, failed_attempts = x.failed_attempts, effect = x.effect,
    result = x.result, has_payload = x.has_payload, error = x.error, source = x.source,
    waiting_for = x.waiting_for, wait = x.wait,
    wake_at = to_timestamp(x.wake_ms / 1000.0), ready_at = to_timestamp(x.ready_ms / 1000.0),
    started_at = to_timestamp(x.started_ms / 1000.0), finished_at = to_timestamp(x.finished_ms / 1000.0)
    ${has.assignments ? ', agent_id = x.agent_id, alternative = x.alternative' : ''}
    ${has.definitions ? REDEFINED : ''}
  from ${parameters.unnest([...TASKS, ...(has.assignments ? ASSIGNMENTS : []), ...(has.definitions ? DEFINITIONS : [])])}
    as x(${TASK_FIELDS}${has.assignments ? ', agent_id, alternative' : ''}${has.definitions ? ', definition' : ''})
  where t.id = x.id and (x.run in (select run from held)) is true
)`,
    `written_events as (
  insert into run_events (run_id, sequence, type, task_id, at, data)
  select ($1::uuid[])[x.run], x.sequence, x.type, x.task_id, to_timestamp(x.at_ms / 1000.0), x.data
  from ${parameters.unnest(EVENTS)} as x(run, sequence, type, task_id, at_ms, data)
  where (x.run in (select run from held where is_new)) is true
)`,
  ];
  if (has.addedTasks)
    parts.push(`added_tasks as (
  insert into tasks (id, run_id, task_id, task_type, parameters, parent_task_id, definition, position, agent_id,
    alternative, status, attempt, failed_attempts, effect, result, has_payload, error, source, waiting_for, wait,
    wake_at, ready_at, started_at, finished_at)
  select x.id, ($1::uuid[])[x.run], x.task_id, x.task_type, x.parameters, x.parent_task_id, x.definition, x.position,
    x.agent_id, x.alternative, x.status, x.attempt, x.failed_attempts, x.effect, x.result, x.has_payload, x.error,
    x.source, x.waiting_for, x.wait, to_timestamp(x.wake_ms / 1000.0), to_timestamp(x.ready_ms / 1000.0),
    to_timestamp(x.started_ms / 1000.0), to_timestamp(x.finished_ms / 1000.0)
  from ${parameters.unnest(ADDED)}
    as x(id, run, task_id, task_type, parameters, parent_task_id, definition, position, agent_id, alternative,
      ${STATE_FIELDS})
  where (x.run in (select run from held)) is true
  on conflict (id) do nothing
)`);
  if (has.proposals)
    parts.push(`written_proposals as (
  insert into recovery_proposals (task_id, run_id, attempt, proposal)
  select x.task_id, ($1::uuid[])[x.run], x.attempt, x.proposal
  from ${parameters.unnest(PROPOSALS)} as x(task_id, run, attempt, proposal)
  where (x.run in (select run from held)) is true
  on conflict (task_id, attempt) do nothing
)`);
  if (has.signals)
    parts.push(`applied_signals as (
  update run_signals s set applied_at = clock_timestamp()
  from ${parameters.unnest(SIGNALS)} as x(run, sequence)
  where s.run_id = ($1::uuid[])[x.run] and s.sequence = x.sequence and (x.run in (select run from held)) is true
)`);
  if (has.ends) parts.push(ADDED_DELIVERIES);
  const hasDeliveries = has.ends ? 'exists (select from added_deliveries)' : 'false';
  return `with ${parts.join(', ')}
select id, ${hasDeliveries} as has_deliveries, pg_notify('tandem_runs', ${parameters.one()}) from held`;
}

const statements = new Map<string, { readonly name: string; readonly text: string }>();

/** One prepared statement for each set of parts. */
function statementFor(arrays: CheckpointArrays): { readonly name: string; readonly text: string } {
  const has = {
    assignments: arrays.assignments !== null,
    definitions: arrays.definitions !== null,
    addedTasks: arrays.addedTasks !== null,
    proposals: arrays.proposals !== null,
    signals: arrays.signals !== null,
    ends: arrays.hasEnds,
  };
  const name = [
    'checkpoint',
    ...Object.entries(has).flatMap(([part, isThere]) => (isThere ? part : [])),
  ].join(' ');
  const known = statements.get(name);
  if (known !== undefined) return known;
  const statement = { name, text: checkpointText(has) };
  statements.set(name, statement);
  return statement;
}

export function checkpoint(arrays: CheckpointArrays): PreparedStatement {
  const { runs, tasks, assignments, definitions, events, addedTasks, proposals, signals, notification } =
    arrays;
  const parts = [runs, tasks, assignments, definitions, events, addedTasks, proposals, signals];
  return { ...statementFor(arrays), values: [...parts.flatMap((part) => part ?? []), notification] };
}
