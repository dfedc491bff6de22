/** When what was spent counts as nothing again, at midnight UTC. */
export const BUDGET_PERIODS = ['none', 'day', 'month'] as const;
export type BudgetPeriod = (typeof BUDGET_PERIODS)[number];
