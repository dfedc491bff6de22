import type { JsonObject } from '../../common/json.js';
import type { Effect } from '../../tasks/domain/effect.js';
import type { TaskFailure } from '../../tasks/domain/task-error.js';
import type { TaskDefinition } from '../../workflows/domain/definition.js';
import type { NewChildRun } from './child-run.js';
import type { PersistentArray } from './persistent-array.js';
import type { Proposal } from './proposal.js';
import type { RunEvent } from './run-event.js';
import type { RunStatus, TaskStatus, WaitingFor } from './status.js';

/** A result as it is stored: its JSON text in the task row, or only the fact that `task_payloads` holds it. */
export type StoredResult = { readonly json: string } | { readonly payload: true };

/** Where a result came from. */
export const RESULT_SOURCES = ['handler', 'person', 'copied', 'probe'] as const;
export type ResultSource = (typeof RESULT_SOURCES)[number];

/** Of a task a run got, or that was changed, while it went on. */
export type OwnDefinition = TaskDefinition & {
  /** taskId of the task it undoes. */
  readonly compensates?: string;
  /** How often recoveries changed its parameters, and back. */
  readonly adjustments?: number;
  /** What its parameters, or those of an alternative, were before a recovery changed them; absent: they are as they were. */
  readonly adjustedFrom?: { readonly alternative: number; readonly parameters: TaskDefinition['parameters'] };
};

/** What never changes about a task while its run goes on. Index = position in the run: definition first, then added. */
export interface TaskPlan {
  /** UUID of the row. */
  readonly id: string;
  /** Slug in the definition. */
  readonly taskId: string;
  readonly optional: boolean;
  readonly priority: number;
  /** How long a person may take; null: for ever. */
  readonly expirySeconds: number | null;
  readonly retry: {
    readonly maxAttempts: number;
    readonly initialDelaySeconds: number;
    readonly maxDelaySeconds: number;
  };
  /** How many other ways of doing it the definition names. */
  readonly alternatives: number;
  /** The task that spawned it. */
  readonly parent: number | null;
  /** Of a task the run got, or that was changed, while it went on; null: it is as the definition of the run says. */
  readonly own: OwnDefinition | null;
  /** How to undo it. */
  readonly compensation: TaskDefinition['compensation'] | null;
  /** The task it undoes. */
  readonly compensates: number | null;
  readonly dependencies: readonly number[];
  readonly successors: readonly number[];
}

/**
 * Of a permit: the question is under way, the answer was to wait, it is said to have been handed over (the task asks whether
 * it still has it), it is there; or it was given back while the question was under way, so that it may be there yet.
 */
export type PermitState = 'asked' | 'awaited' | 'handed' | 'held' | 'left';

export interface TaskState {
  readonly status: TaskStatus;
  readonly agentId: string | null;
  /** 0: as the task says; n: the n-th of its alternatives. */
  readonly alternative: number;
  /** Number of the current or last attempt; 0 before the first. Fences late results of earlier ones. */
  readonly attempt: number;
  /** Attempts of this alternative that failed; interrupted ones do not count. */
  readonly failedAttempts: number;
  /** Dependencies that have not ended yet. */
  readonly openDependencies: number;
  /** Spawned tasks that have not ended yet. */
  readonly openChildren: number;
  /** Leave of its agent to run, where that has a limit or takes no tasks now; `ready` and `running` tasks only. */
  readonly permit: PermitState | null;
  readonly effect: Effect | null;
  readonly result: StoredResult | null;
  readonly error: TaskFailure | null;
  readonly source: ResultSource | null;
  readonly waitingFor: WaitingFor | null;
  /** What is to be done about the failed attempt, on record but not applied yet. */
  readonly proposal: Proposal | null;
  /** The advisor had a say in an earlier failure: whoever executes the task now, it is asked again. */
  readonly isAdvised: boolean;
  /** What a person is asked, or the result a timer ends with. */
  readonly wait: JsonObject | null;
  /** Milliseconds since the epoch, like the three below. */
  readonly wakeAt: number | null;
  readonly readyAt: number | null;
  readonly startedAt: number | null;
  readonly finishedAt: number | null;
}

export type RunEnd = {
  readonly status: 'succeeded' | 'failed' | 'cancelled';
  readonly reason: string | null;
  /** JSON text; null when there is none. */
  readonly output: string | null;
};

/** A run as its owner sees it. */
export interface RunState {
  readonly runId: string;
  readonly plan: readonly TaskPlan[];
  readonly tasks: PersistentArray<TaskState>;
  /** Tasks that have not ended, by what they are doing. */
  readonly counts: {
    readonly open: number;
    readonly ready: number;
    /** Those of the ready ones that wait for a permit. */
    readonly awaiting: number;
    readonly running: number;
    readonly recovering: number;
    readonly waiting: number;
    readonly unknown: number;
  };
  readonly eventCount: number;
  readonly deadlineAt: number | null;
  /** Nothing new starts, running attempts end. */
  readonly paused: boolean;
  /** Set when a required task failed: nothing new starts, running attempts end, then the run fails. */
  readonly failing: { readonly reason: string } | null;
  /** The run has failed, and what had succeeded is being undone; then it ends, for this reason. */
  readonly compensating: { readonly reason: string } | null;
  /** The output is being put together. */
  readonly completing: boolean;
  readonly end: RunEnd | null;
}

/** What the shell does after the writes of the same step are committed. */
export type Command =
  | { readonly kind: 'startAttempt'; readonly task: number }
  /** Whoever asks for the next attempt of that task waits until this one has ended, a few seconds at most. */
  | { readonly kind: 'abortAttempt'; readonly task: number }
  | { readonly kind: 'abortAttempts' }
  /** Ask the type whether the attempt had its effect. */
  | { readonly kind: 'probe'; readonly task: number }
  /** Ask what to do about the failed attempt. */
  | { readonly kind: 'adviseRecovery'; readonly task: number }
  /** The proposal is on record: apply it. */
  | { readonly kind: 'applyRecovery'; readonly task: number }
  | { readonly kind: 'resolveOutput' };

/** One step of a run: the new state, the tasks and events to store, and what to do once they are stored. */
export interface Step {
  readonly state: RunState;
  readonly changedTasks: readonly number[];
  /** Tasks whose rows are new. */
  readonly addedTasks: readonly number[];
  /** Tasks with another agent or alternative. */
  readonly reassignedTasks: readonly number[];
  /** Tasks whose definition has changed. */
  readonly redefinedTasks: readonly number[];
  /** Tasks whose proposal is to be stored. */
  readonly proposedFor: readonly number[];
  /** Runs to be written with this step. */
  readonly childRuns: readonly NewChildRun[];
  /** Ids of child runs nobody waits for any more. */
  readonly childCancels: readonly string[];
  /** Tasks whose permit, held or awaited, is given back. */
  readonly freedPermits: readonly number[];
  /** What the run has become, when it is not an end. */
  readonly runStatus: RunStatus | null;
  /** Why it became that. */
  readonly runReason: string | null;
  readonly events: readonly RunEvent[];
  readonly commands: readonly Command[];
}
