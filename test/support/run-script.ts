import { PERSON_CHOICES, type RecoveryAction } from '../../src/execution/domain/proposal.js';
import type { Effect } from '../../src/tasks/domain/effect.js';

/** What an attempt of a task comes to; by the number of its failed attempts. */
export type ScriptedOutcome =
  'succeed' | 'timer' | 'approve' | 'reject' | 'failFinally' | 'failWithoutEffect' | 'failInDoubt';

export interface ScriptedTask {
  readonly dependencies: readonly number[];
  readonly optional: boolean;
  readonly maxAttempts: number;
  readonly effect: Effect;
  /** It says how to undo it. */
  readonly isUndoable?: boolean;
  /** Its agent has a limit. */
  readonly isLimited?: boolean;
  readonly entry: 'run' | 'skip' | 'startFails';
  /** The last one repeats. */
  readonly outcomes: readonly ScriptedOutcome[];
}

/** What becomes of a spawned task. */
const SPAWNED: ScriptedTask = {
  dependencies: [],
  optional: false,
  maxAttempts: 3,
  effect: 'none',
  isLimited: true,
  entry: 'run',
  outcomes: ['failWithoutEffect', 'succeed'],
};

/** What the definition says, or the same for every task that was spawned. */
export function scriptOf(script: readonly ScriptedTask[], task: number): ScriptedTask {
  return script[task] ?? SPAWNED;
}

/** What the next attempt comes to. */
export function outcomeOf({ outcomes }: ScriptedTask, failedAttempts: number): ScriptedOutcome {
  return outcomes[Math.min(failedAttempts, outcomes.length - 1)] as ScriptedOutcome;
}

/** What decides whatever the script leaves open. */
export interface Chance {
  readonly pick: (below: number) => number;
  /** People pause, resume, cancel, retry, delegate and spawn tasks, and advisors advise. */
  readonly isWild: boolean;
}

/** What advisors propose. */
export const ACTIONS: readonly RecoveryAction[] = [
  { action: 'retry', delayMs: 2_000 },
  { action: 'retry', delayMs: 0 },
  { action: 'skip' },
  { action: 'alternative' },
  { action: 'retry', delayMs: 0, parameters: { changed: true } },
  { action: 'delegate', toAgentId: 'other' },
  { action: 'compensate' },
  { action: 'ask_person', question: 'What now?', choices: PERSON_CHOICES, agentIds: ['other'] },
  { action: 'fail' },
];
