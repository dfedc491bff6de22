import type { Definition } from '../../workflows/domain/definition.js';
import type { RunStatus, TaskStatus } from '../domain/status.js';

/** Where a task of the definition is. */
export interface StandingTask {
  readonly taskId: string;
  readonly status: TaskStatus;
  readonly agentId: string | null;
}

/** A run as it stands: its definition with everything that was changed since it started. */
export interface StandingRun {
  readonly runId: string;
  readonly workflowId: string | null;
  readonly assisted: boolean;
  readonly status: RunStatus;
  readonly definition: Definition;
  /** By position in the definition. What undoes a task, or was spawned by one, is not among them. */
  readonly tasks: readonly StandingTask[];
}

/** Reads runs for those who would change their rest. */
export abstract class StandingRuns {
  abstract find(runId: string): Promise<StandingRun | null>;
}
