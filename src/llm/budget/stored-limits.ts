import { Injectable } from '@nestjs/common';
import { BUDGET_LIMITS, type BudgetLimit, type BudgetLimits } from '../../agents/budget-limits.port.js';
import { Contributes } from '../../common/ports.js';
import type { Scope } from './domain/budget.js';
import { LedgerStore } from './ledger.port.js';

/** The limits workflows, runs and agents show; kept with their budgets alone. */
@Injectable()
@Contributes(BUDGET_LIMITS)
export class StoredLimits implements BudgetLimits {
  constructor(private readonly store: LedgerStore) {}

  async find(scopes: readonly string[]): Promise<ReadonlyMap<string, BudgetLimit>> {
    if (scopes.length === 0) return new Map();
    const budgets = await this.store.find(scopes as readonly Scope[]);
    return new Map(budgets.map(({ scope, limit, period }) => [scope, { limit, period }]));
  }

  async set(scope: string, { limit, period }: BudgetLimit): Promise<void> {
    await this.store.setLimit(scope as Scope, limit, period);
  }
}
