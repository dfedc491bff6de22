import type { BudgetPeriod } from '../../../agents/domain/budget-period.js';

/** What a budget is for: the deployment, or one workflow, run or agent. */
export const SCOPE_KINDS = ['total', 'workflow', 'run', 'agent'] as const;
export type ScopeKind = (typeof SCOPE_KINDS)[number];

/** `total`, `workflow:<id>`, `run:<id>` or `agent:<id>`. */
export type Scope = 'total' | `${Exclude<ScopeKind, 'total'>}:${string}`;

/** A budget as it is kept. Money in nano-dollars. */
export interface Budget {
  readonly scope: Scope;
  /** null: the default of the deployment for this kind, or none. */
  readonly limit: bigint | null;
  /** Ever. */
  readonly spent: bigint;
  /** Upper bounds of calls under way. */
  readonly reserved: bigint;
  /** What calls cost beyond their bound, together. */
  readonly overrun: bigint;
  readonly refusedCount: bigint;
  readonly period: BudgetPeriod;
  readonly periodStart: Date | null;
  /** What had been spent when the period began. */
  readonly periodBase: bigint;
  /** Since a call cost more than its bound; nothing is admitted until somebody sets the limit. */
  readonly closedAt: Date | null;
}

/** One nothing has happened to yet. */
export const unusedBudget = (scope: Scope): Budget => ({
  ...{ scope, limit: null, spent: 0n, reserved: 0n, overrun: 0n, refusedCount: 0n },
  ...{ period: 'none', periodStart: null, periodBase: 0n, closedAt: null },
});

/** Limits of budgets that have none of their own. */
export interface DefaultLimits {
  readonly total: bigint;
  readonly workflow: bigint;
}

/** Which kind of thing a scope is for. */
export const kindOf = (scope: Scope): ScopeKind => scope.split(':')[0] as ScopeKind;

/** null: unlimited. */
export function limitOf(
  { scope, limit }: Pick<Budget, 'scope' | 'limit'>,
  defaults: DefaultLimits,
): bigint | null {
  if (limit !== null) return limit;
  const kind = kindOf(scope);
  return kind === 'total' || kind === 'workflow' ? defaults[kind] : null;
}

/** When the period that `now` is in began; null: it has no periods. */
export function periodStartOf(period: BudgetPeriod, now: Date): Date | null {
  if (period === 'none') return null;
  const day = period === 'day' ? now.getUTCDate() : 1;
  return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), day));
}

/** The budget in the period of `now`: a new one begins with what has been spent until then. Never goes back in time. */
export function inPeriod(budget: Budget, now: Date): Budget {
  const start = periodStartOf(budget.period, now);
  if (start === null || (budget.periodStart !== null && budget.periodStart >= start)) return budget;
  return { ...budget, periodStart: start, periodBase: budget.spent };
}

/** What is left, never below 0; null: unlimited. */
export function available(budget: Budget, defaults: DefaultLimits): bigint | null {
  if (budget.closedAt !== null) return 0n;
  const limit = limitOf(budget, defaults);
  if (limit === null) return null;
  const left = limit - (budget.spent - budget.periodBase) - budget.reserved;
  return left > 0n ? left : 0n;
}
