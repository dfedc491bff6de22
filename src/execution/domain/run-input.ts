import type { JsonObject } from '../../common/json.js';
import type { Effect } from '../../tasks/domain/effect.js';
import type { TaskFailure } from '../../tasks/domain/task-error.js';
import type { StoredResult } from './run-state.js';

/** Something asked of a run from outside. */
export type SignalBody =
  | { readonly kind: 'cancel'; readonly by: string }
  | { readonly kind: 'approve'; readonly task: number; readonly by: string; readonly comment: string | null }
  | { readonly kind: 'reject'; readonly task: number; readonly by: string; readonly comment: string | null }
  | { readonly kind: 'unsupported'; readonly name: string };

/** Everything that can happen to a run, as `advanceRun` is told. Tasks are named by their index. */
export type RunInput =
  | { readonly kind: 'claimed'; readonly how: 'started' | 'resumed' | 'taken-over' }
  | { readonly kind: 'poisoned' }
  | { readonly kind: 'attemptStarted'; readonly task: number; readonly effect: Effect }
  | { readonly kind: 'conditionFalse'; readonly task: number }
  | { readonly kind: 'startFailed'; readonly task: number; readonly failure: TaskFailure }
  | {
      readonly kind: 'attemptSucceeded';
      readonly task: number;
      readonly attempt: number;
      readonly result: StoredResult;
    }
  | {
      readonly kind: 'attemptWaits';
      readonly task: number;
      readonly attempt: number;
      readonly waitingFor: 'timer' | 'person';
      readonly wakeAt: number | null;
      readonly wait: JsonObject;
    }
  | {
      readonly kind: 'attemptFailed';
      readonly task: number;
      readonly attempt: number;
      readonly failure: TaskFailure;
    }
  | { readonly kind: 'timeReached' }
  | { readonly kind: 'signal'; readonly signal: SignalBody }
  | { readonly kind: 'outputResolved'; readonly output: string | null }
  | { readonly kind: 'outputFailed'; readonly message: string };
