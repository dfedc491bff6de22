import type { JsonObject } from '../../common/json.js';
import type { Effect } from '../../tasks/domain/effect.js';
import type { TaskFailure } from '../../tasks/domain/task-error.js';
import type { Note } from '../../tasks/domain/task-outcome.js';
import type { TaskDefinition } from '../../workflows/domain/definition.js';
import type { NewChildRun } from './child-run.js';
import type { RunPatch } from '../../workflows/domain/run-patch.js';
import type { Proposal } from './proposal.js';
import type { OwnDefinition, StoredResult } from './run-state.js';
import type { RunStatus } from './status.js';

/** What a person says about an attempt nobody knows the outcome of. */
export const RESOLUTIONS = ['succeeded', 'failed', 'retry'] as const;
export type Resolution = (typeof RESOLUTIONS)[number];

/** How a child run ended, as its parent is told. */
export interface ChildEnd {
  readonly runId: string;
  readonly status: RunStatus;
  readonly reason: string | null;
  /** `{ runId, status, output }`. */
  readonly result: StoredResult;
}

interface OfTask {
  readonly task: number;
  readonly by: string;
}

/** Something asked of a run from outside. */
export type SignalBody =
  | { readonly kind: 'cancel'; readonly by: string }
  | { readonly kind: 'pause'; readonly by: string }
  | { readonly kind: 'resume'; readonly by: string }
  | (OfTask & { readonly kind: 'approve'; readonly comment: string | null })
  | (OfTask & { readonly kind: 'reject'; readonly comment: string | null })
  | (OfTask & { readonly kind: 'complete'; readonly result: StoredResult })
  | (OfTask & {
      readonly kind: 'resolve';
      readonly outcome: Resolution;
      /** Of `succeeded`. */
      readonly result: StoredResult | null;
      readonly comment: string | null;
    })
  | (OfTask & { readonly kind: 'cancelTask' })
  | (OfTask & { readonly kind: 'retryTask' })
  | (OfTask & { readonly kind: 'delegate'; readonly toAgentId: string })
  | (OfTask & {
      readonly kind: 'spawn';
      /** UUID of the new row. */
      readonly id: string;
      readonly agentId: string;
      /** Its `taskId` is given by the run. */
      readonly definition: Omit<TaskDefinition, 'taskId' | 'dependencies'>;
    })
  | { readonly kind: 'adapt'; readonly by: string; readonly planId: string; readonly patch: RunPatch }
  | (OfTask & { readonly kind: 'permit'; readonly agentId: string })
  | (OfTask & { readonly kind: 'childEnded'; readonly end: ChildEnd })
  | { readonly kind: 'unsupported'; readonly name: string };

interface OfAttempt {
  readonly task: number;
  readonly attempt: number;
}

/** Everything that can happen to a run, as `advanceRun` is told. Tasks are named by their index. */
export type RunInput =
  | { readonly kind: 'claimed'; readonly how: 'started' | 'resumed' | 'taken-over' }
  | { readonly kind: 'poisoned' }
  | { readonly kind: 'permitAsked'; readonly task: number }
  | {
      readonly kind: 'permitAnswered';
      readonly task: number;
      readonly isGranted: boolean;
      /** It waits from now on; else it has waited before this owner asked again. */
      readonly isNew: boolean;
    }
  | { readonly kind: 'attemptStarted'; readonly task: number; readonly effect: Effect }
  | { readonly kind: 'conditionFalse'; readonly task: number }
  | { readonly kind: 'startFailed'; readonly task: number; readonly failure: TaskFailure }
  | (OfAttempt & {
      readonly kind: 'attemptSucceeded';
      readonly result: StoredResult;
      /** What the handler wants on record. */
      readonly note?: Note;
    })
  | (OfAttempt & {
      readonly kind: 'attemptWaits';
      readonly waitingFor: 'timer' | 'person';
      readonly wakeAt: number | null;
      readonly wait: JsonObject;
    })
  | (OfAttempt & { readonly kind: 'attemptBecomesRun'; readonly child: NewChildRun })
  | (OfAttempt & {
      readonly kind: 'attemptFailed';
      readonly failure: TaskFailure;
      /** Somebody is asked what to do, once the error is on record; else the rules decide at once. */
      readonly isAdvised?: boolean;
      /** A budget refused the attempt, and the workflow says that the run pauses or ends. */
      readonly onBudget?: 'pause' | 'fail';
    })
  | (OfAttempt & {
      readonly kind: 'recoveryProposed';
      readonly proposal: Proposal;
      /** Why the rules propose, and not the advisor that was asked. */
      readonly refused?: string;
    })
  | (OfAttempt & {
      readonly kind: 'applyRecovery';
      /** What the task becomes where the proposal changes its parameters. */
      readonly definition?: OwnDefinition;
    })
  | (OfAttempt & { readonly kind: 'probedDone'; readonly result: StoredResult })
  | (OfAttempt & { readonly kind: 'probedNotDone' })
  | { readonly kind: 'timeReached' }
  | { readonly kind: 'signal'; readonly signal: SignalBody }
  | { readonly kind: 'outputResolved'; readonly output: string | null }
  | { readonly kind: 'outputFailed'; readonly message: string };
