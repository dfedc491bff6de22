import { Injectable } from '@nestjs/common';
import { formatUsd, parseUsd } from '../../common/money.js';
import { Contributes } from '../../common/ports.js';
import { ConflictError } from '../../common/tandem-error.js';
import { AppConfig } from '../../config/config.js';
import { RUN_ADMISSION, type RunAdmission, type StartingRun } from '../../execution/run-admission.port.js';
import { DefinitionCost } from './definition-cost.js';
import { available, type DefaultLimits, type Scope, unusedBudget } from './domain/budget.js';
import { Ledger } from './ledger.service.js';

const budgetClosed = (scope: Scope): ConflictError =>
  new ConflictError(
    'budget_exhausted',
    `The budget ${scope} is closed: a model call cost more than its upper bound. Look at its overrunUsd, then set its limit with PUT /api/v1/budgets/${scope} to open it.`,
  );

/** Refuses a start whose declared model tasks may cost more than the budgets leave; it holds nothing. */
@Injectable()
@Contributes(RUN_ADMISSION)
export class StartAdmission implements RunAdmission {
  private readonly defaults: DefaultLimits;

  constructor(
    private readonly cost: DefinitionCost,
    private readonly ledger: Ledger,
    config: AppConfig,
  ) {
    this.defaults = { total: config.llm.totalLimitNanoUsd, workflow: config.llm.workflowLimitNanoUsd };
  }

  /** A definition without model tasks and without a limit costs no statement. */
  async admit({ runId, workflowId, definition, agentIds, runBudgetUsd }: StartingRun): Promise<void> {
    const executors = agentIds.map((id) => (id === null ? [] : [id]));
    const maximum = await this.cost.maximum(definition, executors);
    if (maximum > 0n) await this.requireRoom(maximum, workflowId, runBudgetUsd);
    if (runBudgetUsd !== null) await this.ledger.setLimit(`run:${runId}`, parseUsd(runBudgetUsd));
  }

  private async requireRoom(
    maximum: bigint,
    workflowId: string | null,
    runBudgetUsd: string | null,
  ): Promise<void> {
    const scopes: Scope[] = ['total', ...(workflowId === null ? [] : [`workflow:${workflowId}` as const])];
    const known = new Map((await this.ledger.find(scopes)).map((budget) => [budget.scope, budget]));
    const closed = scopes.find((scope) => known.get(scope)?.closedAt != null);
    if (closed !== undefined) throw budgetClosed(closed);
    const left = scopes.map((scope) => ({
      scope: scope as string,
      amount: available(known.get(scope) ?? unusedBudget(scope), this.defaults),
    }));
    if (runBudgetUsd !== null) left.push({ scope: 'runBudgetUsd', amount: parseUsd(runBudgetUsd) });
    const short = left.find(({ amount }) => amount !== null && amount < maximum);
    if (short === undefined) return;
    throw new ConflictError(
      'budget_exhausted',
      `The model tasks of this run may cost up to ${formatUsd(maximum)} USD, but ${short.scope} leaves ${formatUsd(short.amount ?? 0n)} USD. Raise it with PUT /api/v1/budgets, or let the tasks ask for fewer output tokens and attempts.`,
    );
  }
}
