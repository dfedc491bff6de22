import type { JsonValue } from '../common/json.js';
import type { Definition, TaskDefinition } from '../workflows/domain/definition.js';
import type { NewChildRun, RunParent } from './domain/child-run.js';
import type { Proposal } from './domain/proposal.js';
import type { StoredTask } from './domain/restore-run.js';
import type { RunEvent } from './domain/run-event.js';
import type { OwnDefinition, RunEnd, TaskState } from './domain/run-state.js';
import type { RunStatus } from './domain/status.js';
import type { RunJob } from './run-queue.port.js';

/** A run this process has become the owner of. */
export interface ClaimedRun {
  readonly job: RunJob;
  readonly runId: string;
  readonly workflowId: string | null;
  readonly epoch: string;
  readonly definition: Definition;
  readonly input: JsonValue;
  readonly eventCount: number;
  /** Number of the last signal ever sent to the run. */
  readonly signalSeq: number;
  readonly deadlineAt: number | null;
  /** Claims since a task result was last committed, parks and releases not counted. */
  readonly fruitlessClaims: number;
  readonly previousStatus: RunStatus;
  readonly reason: string | null;
  readonly assisted: boolean;
  readonly nesting: number;
  /** The task of another run that waits for this one. */
  readonly parent: Omit<RunParent, 'attempt'> | null;
  /** By position: those of the definition first, then the added ones. */
  readonly tasks: readonly StoredTask[];
  /** Those of the agents of its tasks that have a limit, or take no tasks now. */
  readonly limitedAgents: readonly string[];
}

export interface StoredSignal {
  readonly sequence: number;
  readonly kind: string;
  /** UUID of the task it is about. */
  readonly taskId: string | null;
  readonly payload: JsonValue;
}

/** What a process still owns, as the database sees it. */
export interface OwnedRun {
  readonly runId: string;
  readonly epoch: string;
  readonly signals: readonly StoredSignal[];
}

/** The row of a task its run got while it went on. */
export interface AddedTask {
  readonly id: string;
  readonly position: number;
  readonly parentTaskId: string | null;
  readonly definition: TaskDefinition;
  readonly state: TaskState;
}

/** Everything one run wants stored, merged over the steps since its last checkpoint. */
export interface RunCheckpoint {
  readonly runId: string;
  readonly epoch: string;
  readonly eventCount: number;
  readonly tasks: readonly { readonly id: string; readonly state: TaskState }[];
  readonly addedTasks: readonly AddedTask[];
  /** The agent or the alternative of some task among `tasks` has changed. */
  readonly isReassigned: boolean;
  /** New definitions of tasks among `tasks`, by their id. */
  readonly definitions: ReadonlyMap<string, OwnDefinition>;
  readonly proposals: readonly {
    readonly taskId: string;
    readonly attempt: number;
    readonly proposal: Proposal;
  }[];
  /** What the run has become; null when that is its end, or what it was. */
  readonly status: RunStatus | null;
  /** Why it became that. */
  readonly reason: string | null;
  readonly childRuns: readonly NewChildRun[];
  readonly childCancels: readonly string[];
  /** UUIDs of tasks that give back their permit, held or awaited. */
  readonly freedPermits: readonly string[];
  /** The task of another run that waits for this one. */
  readonly parent: Omit<RunParent, 'attempt'> | null;
  readonly events: readonly RunEvent[];
  readonly appliedSignals: readonly number[];
  readonly end: RunEnd | null;
  /** A task result is among it. */
  readonly productive: boolean;
}

/** What the engine needs of the database. Only the holder of a run's epoch gets anything written. */
export abstract class EngineStore {
  /** `held` names the runs this process executes already: a job of theirs that came back changes nothing. */
  abstract claim(
    processId: string,
    jobs: readonly RunJob[],
    held: ReadonlySet<string>,
  ): Promise<readonly ClaimedRun[]>;
  /** All runs that have not ended and belong to this process. */
  abstract ownedBy(processId: string): Promise<readonly { readonly runId: string; readonly epoch: string }[]>;
  /** Runs of this process with their unapplied signals; a run that is missing has another owner. */
  abstract owned(processId: string, runIds: readonly string[]): Promise<readonly OwnedRun[]>;
  /** Stores many runs in one statement; answers the ids of those whose epoch still held. */
  abstract checkpoint(checkpoints: readonly RunCheckpoint[]): Promise<ReadonlySet<string>>;
  abstract savePayload(run: { runId: string; epoch: string }, taskId: string, json: string): Promise<void>;
  /** JSON text of a result over 32 kB; null when there is none. */
  abstract loadPayload(taskId: string): Promise<string | null>;
  /** False when a signal came in or the epoch is gone: read the inbox and try again. */
  abstract park(request: {
    readonly runId: string;
    readonly epoch: string;
    readonly signalSeq: number;
    readonly wakeAt: number | null;
  }): Promise<boolean>;
  /** Gives a run back unfinished, with a new job. `fruitless` counts towards poison. */
  abstract release(run: { runId: string; epoch: string }, fruitless: boolean): Promise<void>;
  /** Replaces the job of a run that goes on with its owner; the new one is handed out only if the owner is gone. */
  abstract rotateJob(run: { runId: string; epoch: string }): Promise<void>;
}
