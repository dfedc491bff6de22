import type { JsonObject } from '../../common/json.js';
import type { Effect } from '../../tasks/domain/effect.js';
import type { TaskFailure } from '../../tasks/domain/task-error.js';
import type { PersistentArray } from './persistent-array.js';
import type { RunEvent } from './run-event.js';
import type { TaskStatus, WaitingFor } from './status.js';

/** A result as it is stored: its JSON text in the task row, or only the fact that `task_payloads` holds it. */
export type StoredResult = { readonly json: string } | { readonly payload: true };

/** What never changes about a task while its run goes on. Index = position in the definition. */
export interface TaskPlan {
  /** UUID of the row. */
  readonly id: string;
  /** Slug in the definition. */
  readonly taskId: string;
  readonly agentId: string | null;
  readonly optional: boolean;
  readonly priority: number;
  /** How long a person may take; null: for ever. */
  readonly expirySeconds: number | null;
  readonly retry: {
    readonly maxAttempts: number;
    readonly initialDelaySeconds: number;
    readonly maxDelaySeconds: number;
  };
  readonly dependencies: readonly number[];
  readonly successors: readonly number[];
}

export interface TaskState {
  readonly status: TaskStatus;
  /** Number of the current or last attempt; 0 before the first. Fences late results of earlier ones. */
  readonly attempt: number;
  /** Attempts that failed; interrupted ones do not count. */
  readonly failedAttempts: number;
  /** Dependencies that have not ended yet. */
  readonly openDependencies: number;
  readonly effect: Effect | null;
  readonly result: StoredResult | null;
  readonly error: TaskFailure | null;
  readonly source: 'handler' | 'person' | 'copied' | null;
  readonly waitingFor: WaitingFor | null;
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
    readonly running: number;
    readonly waiting: number;
  };
  readonly eventCount: number;
  readonly deadlineAt: number | null;
  /** Set when a required task failed: nothing new starts, running attempts end, then the run fails. */
  readonly failing: { readonly reason: string } | null;
  /** The output is being put together. */
  readonly completing: boolean;
  readonly end: RunEnd | null;
}

/** What the shell does after the writes of the same step are committed. */
export type Command =
  | { readonly kind: 'startAttempt'; readonly task: number }
  | { readonly kind: 'abortAttempts' }
  | { readonly kind: 'resolveOutput' };

/** One step of a run: the new state, the tasks and events to store, and what to do once they are stored. */
export interface Step {
  readonly state: RunState;
  readonly changedTasks: readonly number[];
  readonly events: readonly RunEvent[];
  readonly commands: readonly Command[];
}
