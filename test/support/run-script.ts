import type { RecoveryAction } from '../../src/execution/domain/proposal.js';
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
export const SPAWNED: ScriptedTask = {
  dependencies: [],
  optional: false,
  maxAttempts: 3,
  effect: 'none',
  isLimited: true,
  entry: 'run',
  outcomes: ['failWithoutEffect', 'succeed'],
};
export const ACTIONS: readonly RecoveryAction[] = [
  { action: 'retry', delayMs: 2_000 },
  { action: 'retry', delayMs: 0 },
  { action: 'skip' },
  { action: 'alternative' },
  { action: 'ask_person', question: 'What now?' },
  { action: 'fail' },
];
