import type { UnitOfWork } from '../../../src/database/unit-of-work.js';
import { LedgerStatements } from '../../../src/llm/budget/adapters/ledger-statements.js';
import { reserveCalls } from '../../../src/llm/budget/adapters/reserve.sql.js';
import { insertMissingBudgets, LOCK_ORDER } from '../../../src/llm/budget/adapters/budgets.sql.js';
import { PostgresLedgerStore } from '../../../src/llm/budget/adapters/postgres-ledger.store.js';
import { admit, type Verdict } from '../../../src/llm/budget/domain/admit.js';
import type { Budget, DefaultLimits, Scope } from '../../../src/llm/budget/domain/budget.js';
import { type Reservation, scopesOf } from '../../../src/llm/budget/ledger.port.js';

const NOTHING = { spent: 0n, reserved: 0n, overrun: 0n, refusedCount: 0n, periodBase: 0n };
const empty = (scope: Scope): Budget => ({
  ...{ scope, ...NOTHING, limit: null, period: 'none', periodStart: null, closedAt: null },
});

/** Locks rows in the order of everybody and adds in place: what it adds is never lost, only nobody checks it again. */
const ADD = `
with locked as materialized (
  select scope from budgets where scope = any($1) order by ${LOCK_ORDER} for no key update
)
update budgets b set reserved_nano = b.reserved_nano + g.amount
from locked join unnest($1::text[], $2::bigint[]) as g(scope, amount) using (scope) where b.scope = g.scope`;

/** Reads the budgets, checks, then adds with a statement of its own. The mistake the harness is there for. */
export class NaiveLedgerStore extends PostgresLedgerStore {
  constructor(
    private readonly transactions: UnitOfWork,
    statements: LedgerStatements,
  ) {
    super(transactions, statements);
  }

  override async reserve(
    calls: readonly Reservation[],
    defaults: DefaultLimits,
  ): Promise<readonly Verdict[]> {
    const admissions = calls.map((call) => ({ scopes: scopesOf(call), amount: call.bound }));
    const scopes = [...new Set(admissions.flatMap((admission) => admission.scopes))];
    await this.transactions.query(insertMissingBudgets(scopes));
    const found = new Map((await this.find(scopes)).map((budget) => [budget.scope, budget]));
    const read = scopes.map((scope) => found.get(scope) ?? empty(scope));
    const { verdicts, budgets } = admit(read, admissions, defaults);
    const added = budgets.map(({ reserved }, index) => reserved - (read[index] as Budget).reserved);
    const admitted = calls.filter((_, index) => verdicts[index]?.admitted === true);
    await this.transactions.transactional(async () => {
      await this.transactions.query({ text: ADD, values: [scopes, added.map(String)] });
      if (admitted.length > 0) await this.transactions.query(reserveCalls([], admitted));
    });
    return verdicts;
  }
}
