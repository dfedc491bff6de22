/** A ready task that asks for a permit of its agent. */
export interface PermitRequest {
  readonly runId: string;
  /** Of the owner that asks. */
  readonly epoch: string;
  /** UUID of the task. */
  readonly taskId: string;
  readonly agentId: string;
  /** Of the task; higher ones are granted first. */
  readonly priority: number;
}

/** `refused`: the run has another owner or is paused, or the task is not ready for this agent. */
export type PermitAnswer =
  { readonly isGranted: boolean; readonly isNew: boolean } | { readonly refused: true };

/**
 * Permits of agents that have a limit or take no tasks now. A row is a task that holds one or waits for one; what a
 * task gives back is deleted in the checkpoint that says so.
 */
export abstract class PermitsStore {
  /** Grants a permit, or puts the task among those that wait, behind those that came before it. */
  abstract take(request: PermitRequest): Promise<PermitAnswer>;
  /** Hands what is free of these agents to the tasks that wait, and tells their runs; answers how many. */
  abstract grant(agentIds: readonly string[]): Promise<number>;
  /** Agents tasks wait for. */
  abstract awaitedAgents(): Promise<readonly string[]>;
  /** Agents whose tasks need permits. */
  abstract limitedAgents(): Promise<readonly string[]>;
}
