import { Injectable } from '@nestjs/common';
import { MetricsRegistry } from '../common/metrics.js';
import { ScrapeReading } from '../common/scrape-reading.js';
import type { BudgetView } from '../llm/budget/budgets.schemas.js';
import { Budgets } from '../llm/budget/budgets.service.js';
import { ProviderRegistry } from '../llm/providers/provider.registry.js';

/** The budget of the deployment, for Prometheus; read when metrics are, and not at all where no model can be asked. */
@Injectable()
export class BudgetGauges {
  constructor(registry: MetricsRegistry, budgets: Budgets, providers: ProviderRegistry) {
    const reading = new ScrapeReading(async () =>
      providers.isAnyAvailable ? budgets.get('total') : Promise.resolve(null),
    );
    const gauge = (name: string, help: string, of: (budget: BudgetView) => number | null) =>
      reading.gauge(registry, name, help, of);
    const usd = (amount: string | null) => (amount === null ? null : Number(amount));
    gauge('tandem_llm_budget_limit_usd', 'What all model calls together may cost.', ({ limitUsd }) =>
      usd(limitUsd),
    );
    gauge('tandem_llm_budget_spent_usd', 'What all model calls together cost.', ({ spentUsd }) =>
      usd(spentUsd),
    );
    gauge(
      'tandem_llm_budget_reserved_usd',
      'What model calls under way may cost at most.',
      ({ reservedUsd }) => usd(reservedUsd),
    );
    gauge(
      'tandem_llm_budget_closed',
      '1: a call cost more than its bound, and none is admitted until somebody sets the limit.',
      ({ closed }) => Number(closed),
    );
  }
}
