import type { JsonObject } from '../../common/json.js';

/** What can be done about a failed attempt. */
export type RecoveryAction =
  /** The same again, after a delay. */
  | { readonly action: 'retry'; readonly delayMs: number }
  /** The next of the task's `alternatives`, at once. */
  | { readonly action: 'alternative' }
  /** The task is left out; its successors see `null`. */
  | { readonly action: 'skip' }
  /** A person decides: retry or cancel the task. */
  | { readonly action: 'ask_person'; readonly question: string }
  | { readonly action: 'fail' };

/** An action with who proposed it and why. Stored before it is applied, once for each failed attempt. */
export type Proposal = RecoveryAction & {
  readonly source: string;
  readonly reason: string;
  /** Whatever its author wants to find again. */
  readonly details?: JsonObject;
};
