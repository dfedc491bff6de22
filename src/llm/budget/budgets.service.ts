import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { AgentsService } from '../../agents/agents.service.js';
import { type Page, decodeCursor, toPage } from '../../common/cursor.js';
import { formatUsd, parseUsd } from '../../common/money.js';
import { TandemError } from '../../common/tandem-error.js';
import { AppConfig } from '../../config/config.js';
import { RunsService } from '../../execution/runs.service.js';
import { WorkflowsService } from '../../workflows/workflows.service.js';
import type { BudgetView, ListBudgetsQuery, PutBudget } from './budgets.schemas.js';
import { type Budget, type DefaultLimits, limitOf, type Scope, unusedBudget } from './domain/budget.js';
import { Ledger } from './ledger.service.js';

/** In its cursors. */
const LIST = 'budgets';

const noBudget = (scope: string): TandemError =>
  new TandemError({
    kind: 'not_found',
    code: 'budget_not_found',
    message: `There is no budget ${JSON.stringify(scope)}. Scopes are total, workflow:<id>, run:<id> and agent:<id>.`,
  });

/** Shows budgets and sets their limits. */
@Injectable()
export class Budgets {
  private readonly defaults: DefaultLimits;

  constructor(
    private readonly ledger: Ledger,
    private readonly agents: AgentsService,
    private readonly workflows: WorkflowsService,
    private readonly runs: RunsService,
    config: AppConfig,
  ) {
    this.defaults = { total: config.llm.totalLimitNanoUsd, workflow: config.llm.workflowLimitNanoUsd };
  }

  async list({ limit, cursor }: ListBudgetsQuery): Promise<Page<BudgetView>> {
    const budgets = await this.ledger.list(decodeCursor(cursor, LIST), limit + 1);
    const { items, nextCursor } = toPage(budgets, limit, ({ scope }) => scope, LIST);
    return { items: items.map((budget) => this.view(budget)), nextCursor };
  }

  /** Fails as `setLimit` does. */
  async get(scope: string): Promise<BudgetView> {
    const known = await this.check(scope);
    const [budget = unusedBudget(known)] = await this.ledger.find([known]);
    return this.view(budget);
  }

  /** Fails as `budget_not_found`, `workflow_not_found`, `run_not_found` or `agent_not_found`. */
  async setLimit(scope: string, { limitUsd }: PutBudget): Promise<BudgetView> {
    const known = await this.check(scope);
    return this.view(await this.ledger.setLimit(known, limitUsd === null ? null : parseUsd(limitUsd)));
  }

  private async check(scope: string): Promise<Scope> {
    if (scope === 'total') return scope;
    const [kind, id = ''] = scope.split(':');
    if (!z.uuid().safeParse(id).success) throw noBudget(scope);
    if (kind === 'workflow') await this.workflows.get(id);
    else if (kind === 'run') await this.runs.record(id);
    else if (kind === 'agent') await this.agents.get(id);
    else throw noBudget(scope);
    return `${kind}:${id}`;
  }

  private view(budget: Budget): BudgetView {
    const limit = limitOf(budget, this.defaults);
    return {
      scope: budget.scope,
      limitUsd: limit === null ? null : formatUsd(limit),
      spentUsd: formatUsd(budget.spent - budget.periodBase),
      reservedUsd: formatUsd(budget.reserved),
      overrunUsd: formatUsd(budget.overrun),
      refusedCount: Number(budget.refusedCount),
      period: budget.period,
      closed: budget.closedAt !== null,
    };
  }
}
