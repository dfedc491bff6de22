import { formatUsd } from '../common/money.js';
import type { Plan } from './domain/plan.js';
import type { PlanSummaryView, PlanView } from './plans.schemas.js';
import type { PlanSummary } from './plans.store.port.js';
import { toQuoteView } from './workflow-view.js';

export function toPlanSummaryView(plan: PlanSummary): PlanSummaryView {
  const { costNanoUsd, createdAt, decidedAt, quote, ...facts } = plan;
  return {
    ...facts,
    quote: toQuoteView(quote),
    costUsd: formatUsd(costNanoUsd),
    createdAt: createdAt.toISOString(),
    decidedAt: decidedAt?.toISOString() ?? null,
  };
}

export function toPlanView({
  definition,
  alternatives,
  diagnostics,
  constraints,
  adaptation: _adaptation,
  ...summary
}: Plan): PlanView {
  // The definition is shown as it is kept; its types only differ in what may be written.
  const shown = { definition, alternatives, diagnostics, constraints } as unknown as Pick<
    PlanView,
    'definition' | 'alternatives' | 'diagnostics' | 'constraints'
  >;
  return {
    ...toPlanSummaryView(summary),
    ...shown,
    tasks: shown.definition.tasks,
    dependencies: Object.fromEntries(
      definition.tasks.map(({ taskId, dependencies }) => [taskId, [...dependencies]]),
    ),
  };
}
