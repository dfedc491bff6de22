import type { Statement } from '../../../database/unit-of-work.js';
import { type Reservation, scopesOf } from '../ledger.port.js';

/** Calls that were admitted, in the transaction that reserved what they may cost. */
export const insertCalls = (calls: readonly Reservation[]): Statement => ({
  text: `
insert into llm_interactions (id, call_id, attempt, agent_id, workflow_id, run_id, task_id, scopes, interaction_type,
  provider, model, prompt_version, price_version, bound_nano, expires_at)
select id, call_id, attempt, agent_id, workflow_id, run_id, task_id, string_to_array(scopes, ' '), interaction_type,
  provider, model, prompt_version, price_version, bound_nano, now() + expires_s * interval '1 second'
from unnest($1::uuid[], $2::uuid[], $3::integer[], $4::uuid[], $5::uuid[], $6::uuid[], $7::uuid[], $8::text[],
  $9::text[], $10::text[], $11::text[], $12::text[], $13::text[], $14::bigint[], $15::float8[])
  as c(id, call_id, attempt, agent_id, workflow_id, run_id, task_id, scopes, interaction_type, provider, model,
    prompt_version, price_version, bound_nano, expires_s)`,
  values: [
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
