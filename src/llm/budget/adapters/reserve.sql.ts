import type { PreparedStatement } from '../../../database/prepared-statements.js';
import type { Statement } from '../../../database/unit-of-work.js';
import type { Budget } from '../domain/budget.js';
import { type Reservation, scopesOf } from '../ledger.port.js';

const TEXT = `
with reserved as (
  update budgets b set reserved_nano = g.reserved, refused_count = g.refused, period_start = g.period_start,
    period_base_nano = g.period_base
  from unnest($1::text[], $2::bigint[], $3::bigint[], $4::timestamptz[], $5::bigint[])
    as g(scope, reserved, refused, period_start, period_base)
  where b.scope = g.scope
)
insert into llm_interactions (id, call_id, attempt, agent_id, workflow_id, run_id, task_id, scopes, interaction_type,
  provider, model, prompt_version, price_version, bound_nano, expires_at)
select id, call_id, attempt, agent_id, workflow_id, run_id, task_id, string_to_array(scopes, ' '), interaction_type,
  provider, model, prompt_version, price_version, bound_nano, now() + expires_s * interval '1 second'
from unnest($6::uuid[], $7::uuid[], $8::integer[], $9::uuid[], $10::uuid[], $11::uuid[], $12::uuid[], $13::text[],
  $14::text[], $15::text[], $16::text[], $17::text[], $18::text[], $19::bigint[], $20::float8[])
  as c(id, call_id, attempt, agent_id, workflow_id, run_id, task_id, scopes, interaction_type, provider, model,
    prompt_version, price_version, bound_nano, expires_s)`;

/**
 * Budgets as a group of calls leaves them, by primary key, of rows that are locked already; and the calls that were
 * admitted, which may be none.
 */
export const reserveCalls = (
  budgets: readonly Budget[],
  calls: readonly Reservation[],
): PreparedStatement => ({
  name: 'ledger-reserve',
  text: TEXT,
  values: [
    budgets.map(({ scope }) => scope),
    budgets.map(({ reserved }) => reserved.toString()),
    budgets.map(({ refusedCount }) => refusedCount.toString()),
    budgets.map(({ periodStart }) => periodStart?.toISOString() ?? null),
    budgets.map(({ periodBase }) => periodBase.toString()),
    calls.map(({ id }) => id),
    calls.map(({ callId }) => callId),
    calls.map(({ attempt }) => attempt),
    calls.map(({ agentId }) => agentId),
    calls.map(({ workflowId }) => workflowId),
    calls.map(({ runId }) => runId),
    calls.map(({ taskId }) => taskId),
    calls.map((call) => scopesOf(call).join(' ')),
    calls.map(({ interactionType }) => interactionType),
    calls.map(({ provider }) => provider),
    calls.map(({ model }) => model),
    calls.map(({ promptVersion }) => promptVersion),
    calls.map(({ priceVersion }) => priceVersion),
    calls.map(({ bound }) => bound.toString()),
    calls.map(({ expiresInSeconds }) => expiresInSeconds),
  ],
});

/** By the index on task_id. */
export const callOfTask = (taskId: string, callId: string): Statement => ({
  text: 'select id from llm_interactions where task_id = $1 and call_id = $2 limit 1',
  values: [taskId, callId],
});
