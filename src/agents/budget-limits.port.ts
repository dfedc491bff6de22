import { Port } from '../common/ports.js';
import type { BudgetPeriod } from './domain/budget-period.js';

/** The limit something has of its own. */
export interface BudgetLimit {
  /** Nano-dollars; null: none of its own. */
  readonly limit: bigint | null;
  readonly period: BudgetPeriod;
}

/** What model calls for something may cost. Scopes are `workflow:<id>`, `run:<id>` or `agent:<id>`. */
export interface BudgetLimits {
  /** What is missing has no limit of its own. One query. */
  find(scopes: readonly string[]): Promise<ReadonlyMap<string, BudgetLimit>>;
  /** In the ambient transaction where there is one. */
  set(scope: string, limit: BudgetLimit): Promise<void>;
}

/** Contributed by `llm`, which alone keeps limits; without it nothing is paid. */
export const BUDGET_LIMITS = new Port<BudgetLimits>('BUDGET_LIMITS', {
  find: () => Promise.resolve(new Map()),
  set: () => Promise.resolve(),
});
