import type { BudgetPeriod } from '../../../agents/domain/budget-period.js';
import type { PreparedStatement } from '../../../database/prepared-statements.js';
import type { Statement } from '../../../database/unit-of-work.js';
import type { Scope } from '../domain/budget.js';

export interface BudgetRow {
  readonly scope: Scope;
  readonly limit_nano: string | null;
  readonly spent_nano: string;
  readonly reserved_nano: string;
  readonly overrun_nano: string;
  readonly refused_count: string;
  readonly period: BudgetPeriod;
  readonly period_start: string | null;
  readonly period_base_nano: string;
  readonly closed_at: string | null;
  /** The clock of the database. */
  readonly now: string;
}

const COLUMNS = `scope, limit_nano, spent_nano, reserved_nano, overrun_nano, refused_count, period, period_start,
  period_base_nano, closed_at, now() as now`;

/** Order in which everybody locks budgets: nobody waits for somebody who waits for him, and the busiest is held shortest. */
export const LOCK_ORDER = `scope = 'total', scope`;

/** By primary key; in the order all locks are taken in, until the transaction ends. */
export const lockBudgets = (scopes: readonly Scope[]): PreparedStatement => ({
  name: 'ledger-lock',
  text: `select ${COLUMNS} from budgets where scope = any($1) order by ${LOCK_ORDER} for no key update`,
  values: [scopes],
});

/** By primary key. */
export const findBudgets = (scopes: readonly Scope[]): Statement => ({
  text: `select ${COLUMNS} from budgets where scope = any($1)`,
  values: [scopes],
});

/** By primary key; `total` sorts between the others, so it is put first by hand. */
export const listBudgets = (after: string | null, limit: number): Statement => ({
  text: `
select ${COLUMNS} from budgets
where $1::text is null or (scope <> 'total' and ($1 = 'total' or scope > $1))
order by scope <> 'total', scope limit $2`,
  values: [after, limit],
});

export const insertMissingBudgets = (scopes: readonly Scope[]): Statement => ({
  text: `insert into budgets (scope) select unnest($1::text[]) order by 1 on conflict do nothing`,
  values: [scopes],
});

/** By primary key. A new period begins with what has been spent until then. */
export const upsertLimit = (scope: Scope, limit: bigint | null, period: BudgetPeriod | null): Statement => ({
  text: `
insert into budgets as b (scope, limit_nano, period) values ($1, $2, coalesce($3, 'none'))
on conflict (scope) do update set limit_nano = $2, closed_at = null, period = coalesce($3, b.period),
  period_start = case when coalesce($3, b.period) = b.period then b.period_start end,
  period_base_nano = case coalesce($3, b.period) when b.period then b.period_base_nano else 0 end
returning ${COLUMNS}`,
  values: [scope, limit?.toString() ?? null, period],
});
