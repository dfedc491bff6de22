import { Body, Controller, Get, Param, Put, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ApiRoute } from '../../access/api-route.decorator.js';
import {
  budgetPageSchema,
  budgetSchema,
  type BudgetView,
  type ListBudgetsQuery,
  listBudgetsQuerySchema,
  type PutBudget,
  putBudgetSchema,
  scopeSchema,
} from './budgets.schemas.js';
import { Budgets } from './budgets.service.js';

@ApiTags('Budgets')
@Controller('budgets')
export class BudgetsController {
  constructor(private readonly budgets: Budgets) {}

  @Get()
  @ApiRoute({
    operationId: 'listBudgets',
    summary: 'List the budgets of model calls',
    description:
      'What may be spent, was spent, is reserved by calls under way, and how often a call was refused.',
    scope: 'budgets:read',
    ok: { status: 200, schema: budgetPageSchema, description: 'One page of budgets.' },
  })
  list(@Query({ schema: listBudgetsQuerySchema }) query: ListBudgetsQuery): Promise<object> {
    return this.budgets.list(query);
  }

  @Get(':scope')
  @ApiRoute({
    operationId: 'getBudget',
    summary: 'Show a budget',
    scope: 'budgets:read',
    ok: { status: 200, schema: budgetSchema, description: 'The budget.' },
    errors: [404],
  })
  get(@Param('scope', { schema: scopeSchema }) scope: string): Promise<BudgetView> {
    return this.budgets.get(scope);
  }

  @Put(':scope')
  @ApiRoute({
    operationId: 'putBudget',
    summary: 'Set the limit of a budget',
    description: 'Holds for every call after it, in all processes. Opens a budget that was closed.',
    scope: 'budgets:write',
    ok: { status: 200, schema: budgetSchema, description: 'The budget.' },
    errors: [404],
  })
  put(
    @Param('scope', { schema: scopeSchema }) scope: string,
    @Body({ schema: putBudgetSchema }) body: PutBudget,
  ): Promise<BudgetView> {
    return this.budgets.setLimit(scope, body);
  }
}
