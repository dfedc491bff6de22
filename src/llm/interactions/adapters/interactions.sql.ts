import type { Statement } from '../../../database/unit-of-work.js';
import type { InteractionFilter } from '../interactions-store.port.js';

const COLUMNS = `id, call_id, attempt, agent_id, workflow_id, run_id, task_id, interaction_type, provider, model,
  prompt_version, price_version, outcome, cost_nano, bound_nano, input_tokens, cached_input_tokens, cache_write_tokens,
  output_tokens, reasoning_tokens, latency_ms, request_id, created_at, settled_at`;

const FILTERS = {
  agentId: 'agent_id',
  workflowId: 'workflow_id',
  runId: 'run_id',
  taskId: 'task_id',
  interactionType: 'interaction_type',
  provider: 'provider',
  model: 'model',
  outcome: 'outcome',
} as const satisfies Record<keyof InteractionFilter, string>;

/** By primary key backwards, or by the index of agent, workflow or run; the rest filters. */
export function selectInteractions(
  filter: InteractionFilter,
  before: string | null,
  limit: number,
): Statement {
  const values: unknown[] = [limit];
  const conditions: string[] = [];
  const add = (condition: (parameter: string) => string, value: unknown): void => {
    values.push(value);
    conditions.push(condition(`$${values.length}`));
  };
  for (const [field, column] of Object.entries(FILTERS)) {
    const wanted = filter[field as keyof InteractionFilter];
    if (wanted === 'pending' && field === 'outcome') conditions.push('settled_at is null');
    else if (wanted !== undefined) add((parameter) => `${column} = ${parameter}`, wanted);
  }
  if (before !== null) add((parameter) => `id < ${parameter}`, before);
  const where = conditions.length === 0 ? '' : `where ${conditions.join(' and ')}`;
  return { text: `select ${COLUMNS} from llm_interactions ${where} order by id desc limit $1`, values };
}

/** By primary key. */
export const selectInteraction = (id: string): Statement => ({
  text: `select ${COLUMNS}, prompt, response from llm_interactions where id = $1`,
  values: [id],
});

/** By llm_interactions_run_id: one grouped query a page of runs. */
export const sumByRun = (ids: readonly string[]): Statement => ({
  text: `
select run_id as id, sum(cost_nano) as cost from llm_interactions where run_id = any($1::uuid[]) group by run_id`,
  values: [ids],
});

/** By llm_interactions_task_id: one grouped query a page of tasks. */
export const sumByTask = (ids: readonly string[]): Statement => ({
  text: `
select task_id as id, sum(cost_nano) as cost from llm_interactions where task_id = any($1::uuid[]) group by task_id`,
  values: [ids],
});

/** By llm_interactions_run_id. */
export const groupCosts = (runId: string): Statement => ({
  text: `
select task_id, interaction_type, provider, model, count(*)::integer as calls, sum(cost_nano) as cost
from llm_interactions where run_id = $1 and settled_at is not null
group by task_id, interaction_type, provider, model
order by cost desc, task_id, interaction_type, provider, model`,
  values: [runId],
});

/** Any number that nothing else locks; held until the transaction ends, not waited for. */
export const TAKE_TURN: Statement = {
  text: 'select pg_try_advisory_xact_lock(7302014116) as taken',
  values: [],
};

/** The oldest by llm_interactions_created_at; what is under way stays, and what a run cost stays as long as the run. */
export const deleteInteractions = (before: Date, limit: number): Statement => ({
  text: `
with old as (
  select id from llm_interactions i where created_at < $1 and settled_at is not null
    and not exists (select from runs r where r.id = i.run_id)
  order by created_at limit $2 for update skip locked
), gone as (delete from llm_interactions i using old where i.id = old.id returning i.id)
select count(*)::integer as count from gone`,
  values: [before.toISOString(), limit],
});
