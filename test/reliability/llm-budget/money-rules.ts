import type { BrokenRule, Query } from '../invariants.js';

/** Of budgets that have no limit of their own. */
export interface KnownLimits {
  readonly totalNanoUsd: bigint;
  readonly workflowNanoUsd: bigint;
}

export const OVERSPEND = 'no admission exceeds a limit';

const LIMIT = `coalesce(limit_nano, case when scope = 'total' then $1::bigint when scope like 'workflow:%' then $2::bigint end)`;
const ADMITS = `(reserved > old_reserved or spent - base + reserved > old_spent - old_base + old_reserved)`;

/** Each answers `detail` of what breaks its rule. `$1` and `$2`: default limits. */
const ALWAYS: Readonly<Record<string, string>> = {
  [OVERSPEND]: `
select format('%s: %s spent and %s reserved of %s', scope, spent - base, reserved, ${LIMIT}) as detail
from budget_history where ${ADMITS} and spent - base + reserved > ${LIMIT}`,

  'nothing is admitted by a closed budget, and none overruns': `
select format('%s: overrun %s', scope, overrun) as detail from budget_history
where overrun <> 0 or is_closed and $1::bigint + $2::bigint > 0`,

  'budgets change by what the calls of the same commit say': `
with b as (select txid, scope, sum(spent - old_spent) as spent, sum(reserved - old_reserved) as reserved
  from budget_history group by 1, 2),
c as (select txid, scope, sum(spent) as spent, sum(reserved) as reserved from call_history group by 1, 2)
select format('%s: spent by %s, calls %s; reserved by %s, calls %s', scope, b.spent, c.spent, b.reserved, c.reserved) as detail
from b full join c using (txid, scope) where $1::bigint + $2::bigint > 0 and
  (coalesce(b.spent, 0), coalesce(b.reserved, 0)) is distinct from (coalesce(c.spent, 0), coalesce(c.reserved, 0))`,
};

/** When all calls have ended and the reaper has been there. */
const AT_THE_END: Readonly<Record<string, string>> = {
  'nothing is reserved': `
select format('%s: %s', scope, reserved_nano) as detail from budgets where reserved_nano <> 0
union all select format('call %s is open', id) from llm_interactions where settled_at is null`,

  'spent is the sum of the ledger': `
select format('%s: spent %s, the ledger says %s', scope, b.spent_nano, l.cost) as detail
from budgets b full join (select s as scope, sum(cost_nano) as cost from llm_interactions, unnest(scopes) s group by s) l
  using (scope) where coalesce(b.spent_nano, 0) <> coalesce(l.cost, 0)`,

  'an agent counts the calls and costs of the ledger': `
select format('agent %s: %s calls for %s, the ledger says %s for %s', a.id, a.llm_calls_count, a.llm_cost_spent, l.calls, l.cost) as detail
from agents a left join (select agent_id, count(*) as calls, sum(cost_nano) as cost from llm_interactions group by 1) l on l.agent_id = a.id
where (a.llm_calls_count, a.llm_cost_spent) is distinct from (coalesce(l.calls, 0), coalesce(l.cost, 0))`,

  'no call costs more than its bound': `
select format('call %s: %s of %s', id, cost_nano, bound_nano) as detail from llm_interactions where cost_nano > bound_nano`,
};

async function look(
  query: Query,
  rules: Readonly<Record<string, string>>,
  values: readonly string[],
): Promise<BrokenRule[]> {
  const broken: BrokenRule[] = [];
  for (const [rule, text] of Object.entries(rules))
    for (const { detail } of await query<{ detail: string }>(text, values)) broken.push({ rule, detail });
  return broken;
}

/** What the history of all commits and the state after them break. */
export async function brokenMoneyRules(
  query: Query,
  { totalNanoUsd, workflowNanoUsd }: KnownLimits,
): Promise<BrokenRule[]> {
  const limits = [totalNanoUsd.toString(), workflowNanoUsd.toString()];
  return [...(await look(query, ALWAYS, limits)), ...(await look(query, AT_THE_END, []))];
}

/** The most that was ever spent and reserved together in `total` after an admission, and its limit then. */
export async function largestAdmitted(
  query: Query,
): Promise<{ readonly sum: bigint; readonly limit: bigint }> {
  const [row] = await query<{ sum: string; limit_nano: string }>(`
select spent - base + reserved as sum, limit_nano from budget_history
where scope = 'total' and limit_nano > 0 and ${ADMITS}
order by (spent - base + reserved)::numeric / limit_nano desc, limit_nano desc limit 1`);
  return { sum: BigInt(row?.sum ?? 0), limit: BigInt(row?.limit_nano ?? 0) };
}
