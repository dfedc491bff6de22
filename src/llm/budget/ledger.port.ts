import type { BudgetPeriod } from '../../agents/domain/budget-period.js';
import type { JsonValue } from '../../common/json.js';
import type { CallOutcome } from '../domain/call-outcome.js';
import type { TokenUsage } from '../domain/token-usage.js';
import type { Verdict } from './domain/admit.js';
import type { Budget, DefaultLimits, Scope } from './domain/budget.js';

/** For whom a model is asked. */
export interface CallContext {
  readonly agentId: string | null;
  readonly workflowId: string | null;
  readonly runId: string | null;
  /** UUID of the task. */
  readonly taskId: string | null;
  /** Of a question that is bought once, whatever crashes: its own id, the same each time it is asked. */
  readonly callId?: string;
}

/** One attempt to ask a model: for whom, what for, and whom. */
export interface ModelCall extends Omit<CallContext, 'callId'> {
  readonly id: string;
  /** The same for all attempts, repairs and fallbacks of one question. */
  readonly callId: string;
  readonly attempt: number;
  readonly interactionType: string;
  readonly provider: string;
  readonly model: string;
  readonly promptVersion: string;
  /** Date of the prices. */
  readonly priceVersion: string;
  /** Upper bound of its cost, nano-dollars. */
  readonly bound: bigint;
}

/** A call that wants to go out. */
export interface Reservation extends ModelCall {
  /** When the reaper may count it as lost; by the clock of the database. */
  readonly expiresInSeconds: number;
}

/** How a call that was admitted ended. */
export interface Settlement {
  readonly id: string;
  readonly outcome: CallOutcome;
  /** Nano-dollars. */
  readonly cost: bigint;
  readonly usage: TokenUsage;
  readonly latencyMs: number;
  readonly requestId: string | null;
  readonly prompt: JsonValue;
  readonly response: string | null;
}

/** Outcome of a call nobody settled in time; it was charged in full. A settlement that comes later corrects it. */
export const EXPIRED = 'expired' satisfies CallOutcome;

/** What a settlement did: `overrun` names the scopes that were closed because a call cost more than its bound. */
export interface Settled {
  readonly overrun: readonly Scope[];
}

/** Where budgets and calls are kept. Every method is a transaction of its own. */
export abstract class LedgerStore {
  /**
   * Admits in order every call that fits all its scopes and writes its row; a refused one is counted, when that is
   * final. The calls may go out when this has answered.
   */
  abstract reserve(
    calls: readonly Reservation[],
    defaults: DefaultLimits,
    isFinal?: boolean,
  ): Promise<readonly Verdict[]>;
  /**
   * Books calls with their real cost, in budgets, agents and their own rows. Idempotent; of a call that the reaper
   * had charged in full the difference is given back.
   */
  abstract settle(settlements: readonly Settlement[]): Promise<Settled>;
  /** Whether a call of the task with this id went out, or was about to. */
  abstract wasMade(taskId: string, callId: string): Promise<boolean>;
  /** Charges in full at most `limit` calls nobody settled in time; answers how many. */
  abstract expire(limit: number): Promise<number>;
  /** In their present period. Scopes without a budget are missing. */
  abstract find(scopes: readonly Scope[]): Promise<readonly Budget[]>;
  /** `total` first, then in order of scope. */
  abstract list(after: string | null, limit: number): Promise<readonly Budget[]>;
  /** Sets the limit (null: none of its own) and opens a closed budget; with `period` that too. Makes a missing one. */
  abstract setLimit(scope: Scope, limit: bigint | null, period?: BudgetPeriod): Promise<Budget>;
}

/** The scopes a call counts in. */
export function scopesOf({ agentId, workflowId, runId }: CallContext): Scope[] {
  const scopes: Scope[] = ['total'];
  if (workflowId !== null) scopes.push(`workflow:${workflowId}`);
  if (runId !== null) scopes.push(`run:${runId}`);
  if (agentId !== null) scopes.push(`agent:${agentId}`);
  return scopes;
}
