import type { JsonValue } from '../common/json.js';
import type { Effect } from '../tasks/domain/effect.js';
import type { TaskFailure } from '../tasks/domain/task-error.js';
import type { Definition, TaskDefinition } from '../workflows/domain/definition.js';
import type { RunParent } from './domain/child-run.js';
import type { ResultSource } from './domain/run-state.js';
import type { RunEventType } from './domain/run-event.js';
import type { RunStatus, TaskStatus, WaitingFor } from './domain/status.js';

/** A run as it is shown: no definition, no ownership. */
export interface RunRecord {
  readonly id: string;
  readonly workflowId: string | null;
  /** Set when the run is one task given to this agent. */
  readonly agentId: string | null;
  readonly retryOfRunId: string | null;
  /** The run that waits for this one. */
  readonly parentRunId: string | null;
  readonly assisted: boolean;
  readonly status: RunStatus;
  readonly reason: string | null;
  readonly input: JsonValue;
  readonly output: JsonValue;
  readonly eventCount: number;
  readonly createdAt: Date;
  readonly startedAt: Date | null;
  readonly finishedAt: Date | null;
}

export interface TaskRecord {
  readonly id: string;
  readonly runId: string;
  readonly taskId: string;
  readonly taskType: string;
  readonly agentId: string | null;
  readonly parentTaskId: string | null;
  readonly status: TaskStatus;
  readonly waitingFor: WaitingFor | null;
  readonly wait: JsonValue;
  readonly wakeAt: Date | null;
  readonly attempt: number;
  readonly alternative: number;
  /** The run its latest attempt became. */
  readonly childRunId: string | null;
  readonly parameters: JsonValue;
  readonly effect: Effect | null;
  /** null when it is large: `hasPayload`. */
  readonly result: JsonValue;
  readonly hasPayload: boolean;
  readonly error: TaskFailure | null;
  readonly source: ResultSource | null;
  readonly readyAt: Date | null;
  readonly startedAt: Date | null;
  readonly finishedAt: Date | null;
}

export interface EventRecord {
  readonly runId: string;
  readonly sequence: number;
  readonly type: RunEventType;
  readonly taskId: string | null;
  readonly at: Date;
  readonly data: Readonly<Record<string, JsonValue>>;
}

/** The time of a schedule that a run is for. No other run is for the same. */
export interface Fire {
  readonly scheduleId: string;
  readonly fireTime: Date;
}

export interface NewRun {
  readonly id: string;
  readonly workflowId: string | null;
  readonly agentId: string | null;
  readonly retryOfRunId: string | null;
  readonly assisted: boolean;
  /** The task it answers to, and how deep it is nested. */
  readonly parent?: RunParent;
  readonly nesting?: number;
  readonly definition: Definition;
  readonly input: JsonValue;
  /** Of a run that a schedule starts. */
  readonly fire?: Fire;
  /** By position in the definition. */
  readonly tasks: readonly { readonly id: string; readonly agentId: string | null }[];
}

export interface RunFilter {
  readonly status?: RunStatus | undefined;
  readonly workflowId?: string | undefined;
  readonly createdAfter?: Date | undefined;
}

export interface TaskFilter {
  readonly status?: TaskStatus | undefined;
  readonly waitingFor?: WaitingFor | undefined;
  readonly runId?: string | undefined;
  readonly agentId?: string | undefined;
  readonly taskType?: string | undefined;
}

export interface NewSignal {
  readonly runId: string;
  readonly kind: string;
  readonly taskId: string | null;
  readonly payload: JsonValue;
}

/** A task in doubt. */
export interface Doubt {
  readonly id: string;
  readonly runId: string;
  /** Slug. */
  readonly taskId: string;
}

/** What is known of a run whose row is locked. */
export interface LockedRun {
  readonly id: string;
  readonly status: RunStatus;
  readonly isOwned: boolean;
  readonly workflowId: string | null;
  readonly agentId: string | null;
}

/** Runs as the API reads and starts them. Their execution is the engine's store. */
export abstract class RunsStore {
  /** Writes run, tasks, event 1 and the job in the ambient transaction. */
  abstract create(run: NewRun): Promise<void>;
  abstract findRun(id: string): Promise<RunRecord | null>;
  abstract findRetryable(
    id: string,
  ): Promise<{ readonly record: RunRecord; readonly definition: Definition } | null>;
  /** Oldest first; inputs and outputs over 32 kB are left out. */
  abstract listRuns(filter: RunFilter, after: string | null, limit: number): Promise<readonly RunRecord[]>;
  abstract countTasksByStatus(
    runIds: readonly string[],
  ): Promise<ReadonlyMap<string, Readonly<Record<string, number>>>>;
  /** How many events of each type the run has. */
  abstract countEvents(runId: string): Promise<Readonly<Record<string, number>>>;
  abstract findTask(id: string): Promise<TaskRecord | null>;
  /** The tasks of single-task runs, by run id. */
  abstract findOnlyTasks(runIds: readonly string[]): Promise<ReadonlyMap<string, TaskRecord>>;
  abstract listTasks(filter: TaskFilter, after: string | null, limit: number): Promise<readonly TaskRecord[]>;
  abstract findLargeResult(taskId: string): Promise<JsonValue>;
  /** Keeps JSON text over 32 kB that a signal will make the result of a task. */
  abstract saveLargeResult(taskId: string, json: string): Promise<void>;
  /** What the definition of its run says of a task, or its own. */
  abstract findTaskDefinition(taskId: string): Promise<TaskDefinition | null>;
  /** How many tasks stand above a spawned one. */
  abstract countAncestors(taskId: string): Promise<number>;
  /** Those of the tasks that wait for a child run, with the id of that run. */
  abstract awaitedChildren(taskIds: readonly string[]): Promise<ReadonlyMap<string, string>>;
  abstract listEvents(runId: string, after: number, limit: number): Promise<readonly EventRecord[]>;
  /** At most 100 tasks of the run and its child runs of which nobody knows, or has said, what became of them. */
  abstract listDoubts(runId: string): Promise<readonly Doubt[]>;
  /** What somebody said of the attempt in doubt of a task. */
  abstract findSaid(taskId: string): Promise<{ readonly by: string; readonly outcome: string } | null>;
  /** Gives the tasks of a new run the results of what was done, and not undone, in the run it retries. */
  abstract copyResults(fromRunId: string, toRunId: string): Promise<void>;
  /** Locks the run until the ambient transaction ends. */
  abstract lockRun(id: string): Promise<LockedRun | null>;
  /** Locks several, in the order of their ids; those that do not exist are missing. */
  abstract lockRuns(ids: readonly string[]): Promise<readonly LockedRun[]>;
  /** Those of the runs that have such a signal which waits to be applied, with the kind of the first. */
  abstract withPendingSignal(
    runIds: readonly string[],
    kinds: readonly string[],
    taskId: string | null,
  ): Promise<ReadonlyMap<string, string>>;
  /** Keeps a signal on record that nobody has to apply. */
  abstract keepSignal(signal: NewSignal): Promise<void>;
  /** Adds signals to locked runs and sees to it that somebody applies them: the owner, or a new urgent job. */
  abstract addSignals(signals: readonly (NewSignal & Pick<LockedRun, 'isOwned'>)[]): Promise<void>;
}
