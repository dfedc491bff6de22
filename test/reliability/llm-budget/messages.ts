import type { CallContext } from '../../../src/llm/budget/ledger.port.js';

/** A call of a plan. `context.taskId` is its own, and stands in its text too: a request can be told by it. */
export interface PlannedCall {
  readonly context: CallContext & { readonly taskId: string };
  readonly text: string;
  readonly maxOutputTokens: number;
  readonly timeoutMs: number;
}

/** How a process is to admit calls. */
export interface StoreSettings {
  /** Admits as nobody should: see naive-ledger.store.ts. */
  readonly isNaive: boolean;
  /** Probability that a commit of bookings succeeds and its answer gets lost; of admissions a fifth of it. */
  readonly lossChance: number;
}

/** From the harness to a process of it. */
export type Order =
  | { readonly type: 'ask'; readonly call: PlannedCall }
  | { readonly type: 'reap' }
  | { readonly type: 'store'; readonly settings: StoreSettings };

/** What became of a call: `answered`, a reason of `NoAnswer`, or `error: …` for what must not happen. */
export interface Ending {
  readonly taskId: string;
  readonly reason: string;
  /** What the caller was told that it cost. */
  readonly costNanoUsd: string;
}

/** From a process to the harness. */
export type Report =
  | { readonly type: 'ready' }
  | { readonly type: 'ended'; readonly ending: Ending }
  /** Calls whose answer to a reservation was lost: whether they are admitted nobody knows. */
  | { readonly type: 'lost'; readonly taskIds: readonly string[] }
  | { readonly type: 'reaped'; readonly count: number };
