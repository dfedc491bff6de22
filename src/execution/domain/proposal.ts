import type { JsonObject } from '../../common/json.js';

/** What a person may be asked to choose from. */
export const PERSON_CHOICES = ['retry', 'delegate', 'alternative', 'compensate', 'skip', 'fail'] as const;
export type PersonChoice = (typeof PERSON_CHOICES)[number];

/** What can be done about a failed attempt. */
export type RecoveryAction =
  /** The same again, after a delay; with other values for the parameters it names. */
  | { readonly action: 'retry'; readonly delayMs: number; readonly parameters?: JsonObject }
  /** Another agent tries it, at once. */
  | { readonly action: 'delegate'; readonly toAgentId: string }
  /** The next of the task's `alternatives`, at once. */
  | { readonly action: 'alternative' }
  /** The task's `compensation` clears up what the failed attempt may have left, then the same again. */
  | { readonly action: 'compensate' }
  /** The task is left out; its successors see `null`. */
  | { readonly action: 'skip' }
  /** A person decides, by answering a `human.task` below the task. */
  | {
      readonly action: 'ask_person';
      readonly question: string;
      readonly choices: readonly PersonChoice[];
      /** Of the choice `delegate`. */
      readonly agentIds?: readonly string[];
      /** What else they should know. */
      readonly facts?: JsonObject;
    }
  | { readonly action: 'fail' };

/** An action with who proposed it and why. Stored before it is applied, once for each failed attempt. */
export type Proposal = RecoveryAction & {
  readonly source: string;
  readonly reason: string;
  /** Whatever its author wants to find again. */
  readonly details?: JsonObject;
};
