import type { PreparedStatement } from '../../../database/prepared-statements.js';
import type { Statement } from '../../../database/unit-of-work.js';
import { EXPIRED, type Settlement } from '../ledger.port.js';
import { LOCK_ORDER } from './budgets.sql.js';

export interface SettledRow {
  readonly settled: number;
  readonly overrun: readonly string[];
}

/**
 * The rest of a settlement, from `before`: the locked rows of the calls with what they cost now (`cost`) and what was
 * booked until now. Budgets by primary key in the order everybody locks them, then agents by primary key in order of
 * their ids (`paid` comes first because agents wait for it).
 */
const BOOK = `
deltas as (
  select s.scope, sum(case when is_open then bound_nano else 0 end) as released, sum(cost - booked) as spent,
    sum(greatest(cost - bound_nano, 0)) as overrun
  from before cross join unnest(scopes) s(scope) group by s.scope
), locked as materialized (
  select scope from budgets where scope in (select scope from deltas) order by ${LOCK_ORDER} for no key update
), paid as (
  update budgets b set reserved_nano = b.reserved_nano - d.released, spent_nano = b.spent_nano + d.spent,
    overrun_nano = b.overrun_nano + d.overrun,
    closed_at = case when d.overrun > 0 then coalesce(b.closed_at, now()) else b.closed_at end
  from locked l join deltas d using (scope) where b.scope = l.scope
  returning b.scope, d.overrun
), agent_deltas as (
  select agent_id, count(*) filter (where is_open) as calls, sum(cost - booked) as spent
  from before where agent_id is not null group by agent_id
), locked_agents as materialized (
  select id from agents where id in (select agent_id from agent_deltas) and (select count(*) from paid) > 0
  order by id for no key update
), counted as (
  update agents a set llm_calls_count = a.llm_calls_count + d.calls, llm_cost_spent = a.llm_cost_spent + d.spent
  from locked_agents l join agent_deltas d on d.agent_id = l.id where a.id = l.id
)`;

const ANSWER = `
select (select count(*)::integer from before) as settled,
  coalesce((select array_agg(scope) from paid where overrun > 0), '{}') as overrun`;

const SETTLE = `
with given as materialized (
  select *, set_config('synchronous_commit', 'off', true) from unnest($1::uuid[], $2::text[], $3::bigint[],
    $4::bigint[], $5::bigint[], $6::bigint[], $7::bigint[], $8::bigint[], $9::integer[], $10::text[], $11::jsonb[],
    $12::text[]) as g(id, outcome, cost, input, cached_input, cache_write, output, reasoning, latency, request_id,
    prompt, response)
), before as materialized (
  select i.id, i.scopes, i.agent_id, i.bound_nano, i.cost_nano as booked, i.settled_at is null as is_open, g.cost
  from llm_interactions i join given g on g.id = i.id
  where i.settled_at is null or i.outcome = '${EXPIRED}' order by i.id for no key update of i
), ${BOOK.trim()}, written as (
  update llm_interactions i set settled_at = now(), outcome = g.outcome, cost_nano = g.cost, input_tokens = g.input,
    cached_input_tokens = g.cached_input, cache_write_tokens = g.cache_write, output_tokens = g.output,
    reasoning_tokens = g.reasoning, latency_ms = g.latency, request_id = g.request_id, prompt = g.prompt,
    response = g.response
  from before b join given g using (id) where i.id = b.id
)${ANSWER}`;

/**
 * Books calls by primary key; one that is settled already is left as it is, unless the reaper had charged it in full.
 * A crash of the server may forget the last few of these commits (`synchronous_commit`): the reaper then charges
 * those calls in full.
 */
export const settleCalls = (settlements: readonly Settlement[]): PreparedStatement => ({
  name: 'ledger-settle',
  text: SETTLE,
  values: [
    settlements.map(({ id }) => id),
    settlements.map(({ outcome }) => outcome),
    settlements.map(({ cost }) => cost.toString()),
    settlements.map(({ usage }) => usage.inputTokens ?? null),
    settlements.map(({ usage }) => usage.cachedInputTokens ?? null),
    settlements.map(({ usage }) => usage.cacheWriteTokens ?? null),
    settlements.map(({ usage }) => usage.outputTokens ?? null),
    settlements.map(({ usage }) => usage.reasoningTokens ?? null),
    settlements.map(({ latencyMs }) => latencyMs),
    settlements.map(({ requestId }) => requestId),
    settlements.map(({ prompt }) => (prompt === null ? null : JSON.stringify(prompt))),
    settlements.map(({ response }) => response),
  ],
});

/** The oldest calls past their time by llm_interactions_open; those that are being settled now are left alone. */
export const expireCalls = (limit: number): Statement => ({
  text: `
with before as materialized (
  select id, scopes, agent_id, bound_nano, cost_nano as booked, true as is_open, bound_nano as cost
  from llm_interactions where settled_at is null and expires_at < now()
  order by expires_at limit $1 for no key update skip locked
), ${BOOK.trim()}, written as (
  update llm_interactions i set settled_at = now(), outcome = '${EXPIRED}', cost_nano = i.bound_nano
  from before b where i.id = b.id
)${ANSWER}`,
  values: [limit],
});
