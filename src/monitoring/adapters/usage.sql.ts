import type { Statement } from '../../database/unit-of-work.js';
import type { ReportRange } from '../domain/report-range.js';
import { type Dimension, tellsAnswersApart } from '../domain/usage.js';

const OF_CALLS: Readonly<Record<Dimension, string>> = {
  day: `(created_at at time zone 'UTC')::date::text`,
  function: 'interaction_type',
  provider: 'provider',
  model: 'model',
  agent: 'agent_id::text',
  workflow: 'workflow_id::text',
  outcome: 'outcome',
};

const OF_ANSWERS: Readonly<Partial<Record<Dimension, string>>> = {
  day: `(hour at time zone 'UTC')::date::text`,
  function: 'function_name',
  agent: 'agent_id::text',
  workflow: 'workflow_id::text',
};

const TOKENS = `coalesce(sum(input_tokens), 0) as input, coalesce(sum(cached_input_tokens), 0) as cached_input,
  coalesce(sum(cache_write_tokens), 0) as cache_write, coalesce(sum(output_tokens), 0) as output,
  coalesce(sum(reasoning_tokens), 0) as reasoning`;

/** A column of its own for each, so that a set of groups can name it. */
const columns = (
  dimensions: readonly Dimension[],
  of: Readonly<Partial<Record<Dimension, string>>>,
): string => dimensions.map((dimension) => `${of[dimension] ?? 'null'} as by_${dimension}, `).join('');

const names = (dimensions: readonly Dimension[]): string[] =>
  dimensions.map((dimension) => `by_${dimension}`);

/** All together, and each group. */
function sets(dimensions: readonly Dimension[]): string {
  const grouped = names(dimensions).join(', ');
  return dimensions.length === 0 ? 'grouping sets (())' : `grouping sets ((), (${grouped}))`;
}

const isTotal = ([first]: readonly Dimension[]): string =>
  first === undefined ? 'true' : `grouping(by_${first}) = 1`;

/** The total first, then days in their order, then what costs most. */
const order = (dimensions: readonly Dimension[]): string =>
  [
    'is_total desc',
    ...(dimensions.includes('day') ? ['by_day'] : []),
    ...['cost desc', 'calls desc', ...names(dimensions)],
  ].join(', ');

const calls = (dimensions: readonly Dimension[]): string => `
  select ${columns(dimensions, OF_CALLS)} cost_nano, outcome, latency_ms, input_tokens, cached_input_tokens,
    cache_write_tokens, output_tokens, reasoning_tokens
  from llm_interactions where created_at >= $1 and created_at < $2 and settled_at is not null`;

/** By llm_interactions_created_at: every call of the range once. */
export const selectCosts = (
  { from, to }: ReportRange,
  dimensions: readonly Dimension[],
  limit: number,
): Statement => ({
  text: `
select ${isTotal(dimensions)} as is_total, ${[...names(dimensions), ''].join(', ')}
  count(*) as calls, coalesce(sum(cost_nano), 0) as cost, ${TOKENS}
from (${calls(dimensions)}) c group by ${sets(dimensions)}
order by ${order(dimensions)} limit $3`,
  values: [from.toISOString(), to.toISOString(), limit + 1],
});

const NO_CALLS = `0 as calls, 0 as answered, 0 as cost, 0 as input, 0 as cached_input, 0 as cache_write, 0 as output,
  0 as reasoning, null as p50, null as p95`;
const NO_ANSWERS = '0 as from_model, 0 as from_cache, 0 as from_rule, 0 as from_twin';
const ANSWERS = ['model', 'cache', 'rule', 'twin']
  .map((source) => `coalesce(sum(answers) filter (where source = '${source}'), 0) as from_${source}`)
  .join(', ');
const SUMS = ['calls', 'answered', 'cost', 'input', 'cached_input', 'cache_write', 'output', 'reasoning']
  .concat(['from_model', 'from_cache', 'from_rule', 'from_twin'])
  .map((column) => `sum(${column}) as ${column}`)
  .join(', ');

/** Where they cannot be told apart, only all together. */
function answers(dimensions: readonly Dimension[]): string {
  const by = tellsAnswersApart(dimensions);
  const keys = by ? names(dimensions) : dimensions.map((dimension) => `null as by_${dimension}`);
  const shown = by ? dimensions : [];
  return `
  select ${isTotal(shown)} as is_total, ${[...keys, ''].join(', ')} ${NO_CALLS}, ${ANSWERS}
  from (
    select ${columns(shown, OF_ANSWERS)} source, answers from llm_answers
    where hour >= date_trunc('hour', $1::timestamptz, 'UTC') and hour < $2
  ) a group by ${sets(shown)}`;
}

/** Calls by llm_interactions_created_at, answers by llm_answers_hour: each row of the range once. */
export const selectUsage = (
  { from, to }: ReportRange,
  dimensions: readonly Dimension[],
  limit: number,
): Statement => ({
  text: `
select is_total, ${[...names(dimensions), ''].join(', ')} ${SUMS}, max(p50)::integer as p50, max(p95)::integer as p95
from (
  select ${isTotal(dimensions)} as is_total, ${[...names(dimensions), ''].join(', ')}
    count(*) as calls, count(*) filter (where outcome = 'answered') as answered,
    coalesce(sum(cost_nano), 0) as cost, ${TOKENS},
    percentile_disc(0.5) within group (order by latency_ms) as p50,
    percentile_disc(0.95) within group (order by latency_ms) as p95, ${NO_ANSWERS}
  from (${calls(dimensions)}) c group by ${sets(dimensions)}
  union all ${answers(dimensions)}
) u group by ${['is_total', ...names(dimensions)].join(', ')}
order by ${order(dimensions)} limit $3`,
  values: [from.toISOString(), to.toISOString(), limit + 1],
});
