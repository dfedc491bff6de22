import { Injectable } from '@nestjs/common';
import { formatUsd, parseUsd } from '../../common/money.js';
import { Contributes } from '../../common/ports.js';
import { ConflictError } from '../../common/tandem-error.js';
import { AppConfig } from '../../config/config.js';
import { RUN_ADMISSION, type RunAdmission, type StartingRun } from '../../execution/run-admission.port.js';
import { DefinitionCost } from './definition-cost.js';
import { available, type Budget, type DefaultLimits, type Scope, unusedBudget } from './domain/budget.js';
import { LedgerStore } from './ledger.port.js';
import { Ledger } from './ledger.service.js';

const budgetClosed = (scope: Scope): ConflictError =>
  new ConflictError(
    'budget_exhausted',
    `The budget ${scope} is closed: a model call cost more than its upper bound. Look at its overrunUsd, then set its limit with PUT /api/v1/budgets/${scope} to open it.`,
  );

const tooLittle = (maximum: bigint, where: string, left: bigint): ConflictError =>
  new ConflictError(
    'budget_exhausted',
    `The model tasks of this run may cost up to ${formatUsd(maximum)} USD, but ${where} leaves ${formatUsd(left)} USD. Raise it with PUT /api/v1/budgets, or let the tasks ask for fewer output tokens and attempts.`,
  );

/** Refuses a start whose declared model tasks may cost more than the budgets leave; it holds nothing. */
@Injectable()
@Contributes(RUN_ADMISSION)
export class StartAdmission implements RunAdmission {
  private readonly defaults: DefaultLimits;

  constructor(
    private readonly cost: DefinitionCost,
    private readonly store: LedgerStore,
    private readonly ledger: Ledger,
    config: AppConfig,
  ) {
    this.defaults = { total: config.llm.totalLimitNanoUsd, workflow: config.llm.workflowLimitNanoUsd };
  }

  /** A definition without model tasks and without a limit costs no statement. */
  async admit({ runId, workflowId, definition, agentIds, runBudgetUsd }: StartingRun): Promise<void> {
    const executors = agentIds.map((id) => (id === null ? [] : [id]));
    const maximum = await this.cost.maximum(definition, executors);
    const limit = runBudgetUsd === null ? null : parseUsd(runBudgetUsd);
    if (maximum > 0n) await this.requireRoom(maximum, workflowId, limit);
    if (limit !== null) await this.store.setLimit(`run:${runId}`, limit);
  }

  /** Only a start that would be refused waits for the bookings of what has ended: it is in a transaction. */
  private async requireRoom(maximum: bigint, workflowId: string | null, limit: bigint | null): Promise<void> {
    const scopes: Scope[] = ['total', ...(workflowId === null ? [] : [`workflow:${workflowId}` as const])];
    if (limit !== null && limit < maximum) throw tooLittle(maximum, 'runBudgetUsd', limit);
    if (this.shortOf(maximum, scopes, await this.store.find(scopes)) === null) return;
    const refusal = this.shortOf(maximum, scopes, await this.ledger.find(scopes));
    if (refusal !== null) throw refusal;
  }

  /** Why the budgets do not leave so much; null: they do. */
  private shortOf(maximum: bigint, scopes: readonly Scope[], found: readonly Budget[]): ConflictError | null {
    const known = new Map(found.map((budget) => [budget.scope, budget]));
    for (const scope of scopes) {
      const budget = known.get(scope) ?? unusedBudget(scope);
      if (budget.closedAt !== null) return budgetClosed(scope);
      const left = available(budget, this.defaults);
      if (left !== null && left < maximum) return tooLittle(maximum, scope, left);
    }
    return null;
  }
}
