import { z } from 'zod';
import { BUDGET_PERIODS } from '../../agents/domain/budget-period.js';
import { listQuerySchema } from '../../common/cursor.js';
import { usdInputSchema, usdSchema } from '../../common/usd.schema.js';

export const putBudgetSchema = z
  .strictObject({
    limitUsd: usdInputSchema.nullable().meta({
      description:
        'null: the default of the deployment for `total` and workflows, none for runs and agents. Below what is spent nothing more is admitted; nothing that is under way is ended.',
    }),
  })
  .meta({ id: 'PutBudget', description: 'The limit of a budget.', example: { limitUsd: '25.00' } });
export type PutBudget = z.output<typeof putBudgetSchema>;

export const budgetSchema = z
  .object({
    scope: z.string().meta({
      description: '`total`, `workflow:<id>`, `run:<id>` or `agent:<id>`.',
      example: 'total',
    }),
    limitUsd: usdSchema.nullable().meta({ description: 'null: unlimited.', example: '100.000000000' }),
    spentUsd: usdSchema.meta({
      description: 'In this period, or ever where there is none.',
      example: '3.610759400',
    }),
    reservedUsd: usdSchema.meta({
      description: 'Upper bounds of the calls under way.',
      example: '0.014000000',
    }),
    overrunUsd: usdSchema.meta({
      description: 'What calls cost beyond their bound; it closes the budget.',
      example: '0.000000000',
    }),
    refusedCount: z.int().min(0).meta({ description: 'Calls it had too little left for.', example: 0 }),
    period: z.enum(BUDGET_PERIODS).meta({ description: 'When it begins anew, at midnight UTC.' }),
    closed: z.boolean().meta({
      description: 'Nothing is admitted until somebody sets the limit: a call cost more than its bound.',
    }),
  })
  .meta({ id: 'Budget', description: 'What model calls may cost, and did.' });
export type BudgetView = z.output<typeof budgetSchema>;

export const budgetPageSchema = z
  .object({ items: z.array(budgetSchema), nextCursor: z.string().nullable() })
  .meta({ id: 'BudgetPage', description: 'One page of budgets, `total` first.' });

export const listBudgetsQuerySchema = listQuerySchema;
export type ListBudgetsQuery = z.output<typeof listBudgetsQuerySchema>;

/** `total`, or a kind with the id of what it is for. */
export const scopeSchema = z
  .string()
  .max(60)
  .meta({ description: '`total`, `workflow:<id>`, `run:<id>` or `agent:<id>`.', example: 'total' });
