import type { BudgetPeriod } from '../../../agents/domain/budget-period.js';
import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../../database/unit-of-work.js';
import { admit, type Verdict } from '../domain/admit.js';
import { type Budget, type DefaultLimits, inPeriod, type Scope } from '../domain/budget.js';
import { LedgerStore, type Reservation, scopesOf, type Settled, type Settlement } from '../ledger.port.js';
import {
  type BudgetRow,
  findBudgets,
  insertMissingBudgets,
  listBudgets,
  lockBudgets,
  upsertLimit,
} from './budgets.sql.js';
import { LedgerStatements } from './ledger-statements.js';
import { callOfTask, reserveCalls } from './reserve.sql.js';
import { expireCalls, settleCalls, type SettledRow } from './settle.sql.js';

const MAX_KNOWN = 100_000;

function toBudget(row: BudgetRow): Budget {
  const budget: Budget = {
    scope: row.scope,
    limit: row.limit_nano === null ? null : BigInt(row.limit_nano),
    spent: BigInt(row.spent_nano),
    reserved: BigInt(row.reserved_nano),
    overrun: BigInt(row.overrun_nano),
    refusedCount: BigInt(row.refused_count),
    period: row.period,
    periodStart: row.period_start === null ? null : new Date(row.period_start),
    periodBase: BigInt(row.period_base_nano),
    closedAt: row.closed_at === null ? null : new Date(row.closed_at),
  };
  return inPeriod(budget, new Date(row.now));
}

@Injectable()
export class PostgresLedgerStore extends LedgerStore {
  /** Scopes that have a budget, as far as this process knows. */
  private readonly known = new Set<Scope>();

  constructor(
    private readonly work: UnitOfWork,
    private readonly statements: LedgerStatements,
  ) {
    super();
  }

  override async wasMade(taskId: string, callId: string): Promise<boolean> {
    return (await this.work.query(callOfTask(taskId, callId))).length > 0;
  }

  override async reserve(
    calls: readonly Reservation[],
    defaults: DefaultLimits,
    isFinal = true,
  ): Promise<readonly Verdict[]> {
    const admissions = calls.map((call) => ({ scopes: scopesOf(call), amount: call.bound }));
    const scopes = [...new Set(admissions.flatMap((admission) => admission.scopes))];
    for (;;) {
      await this.makeMissing(scopes);
      const verdicts = await this.statements.readThenWrite<BudgetRow, readonly Verdict[]>(
        lockBudgets(scopes),
        (locked) => {
          if (locked.length < scopes.length) return null;
          const decided = admit(locked.map(toBudget), admissions, defaults, isFinal);
          const admitted = calls.filter((_, index) => decided.verdicts[index]?.admitted === true);
          return { write: reserveCalls(decided.budgets, admitted), result: decided.verdicts };
        },
      );
      if (verdicts !== null) return verdicts;
      // Somebody deleted one meanwhile.
      this.known.clear();
    }
  }

  override async settle(settlements: readonly Settlement[]): Promise<Settled> {
    const [row] = await this.statements.query<SettledRow>(settleCalls(settlements));
    return { overrun: (row?.overrun ?? []) as readonly Scope[] };
  }

  override async expire(limit: number): Promise<number> {
    const [row] = await this.work.query<SettledRow>(expireCalls(limit));
    return row?.settled ?? 0;
  }

  override async find(scopes: readonly Scope[]): Promise<readonly Budget[]> {
    return (await this.work.query<BudgetRow>(findBudgets(scopes))).map(toBudget);
  }

  override async list(after: string | null, limit: number): Promise<readonly Budget[]> {
    return (await this.work.query<BudgetRow>(listBudgets(after, limit))).map(toBudget);
  }

  override async setLimit(scope: Scope, limit: bigint | null, period?: BudgetPeriod): Promise<Budget> {
    const [row] = await this.work.query<BudgetRow>(upsertLimit(scope, limit, period ?? null));
    return toBudget(row as BudgetRow);
  }

  /** Before any is locked: a lock that is taken out of turn could wait for somebody who waits for us. */
  private async makeMissing(scopes: readonly Scope[]): Promise<void> {
    const missing = scopes.filter((scope) => !this.known.has(scope));
    if (missing.length === 0) return;
    await this.work.query(insertMissingBudgets(missing));
    if (this.known.size > MAX_KNOWN) this.known.clear();
    for (const scope of missing) this.known.add(scope);
  }
}
