import type { Definition } from './domain/definition.js';
import type { Workflow, WorkflowStatus } from './workflow.js';

/** Which workflows a list shows; an absent filter lets all pass. */
export interface WorkflowFilter {
  readonly status?: WorkflowStatus;
  readonly ownerAgentId?: string;
}

/**
 * Where workflows and their definitions are kept. Locks hold until the end of the ambient transaction; an unknown id
 * is answered with null or nothing changed, never with an error.
 */
/** Whose workflow it is. */
export type WorkflowOwner = Pick<Workflow, 'ownerAgentId' | 'status'>;

export abstract class WorkflowsStore {
  /** The owner must exist. */
  abstract insert(workflow: Workflow, definition: Definition | null): Promise<void>;
  abstract find(id: string): Promise<Workflow | null>;
  abstract findOwner(id: string): Promise<WorkflowOwner | null>;
  /** null: no such workflow, or it has no definition yet. */
  abstract findDefinition(id: string): Promise<Definition | null>;
  /** The workflow, locked: `change` lets nobody else change or lock it, `use` only keeps it from being changed. */
  abstract lock(id: string, purpose: 'change' | 'use'): Promise<Workflow | null>;
  /** Writes every field of an existing workflow but `createdAt`. */
  abstract update(workflow: Workflow): Promise<void>;
  /** Writes what the settings say of its budget. `update` leaves that as it is. */
  abstract updateBudget(workflow: Workflow): Promise<void>;
  /** Writes the definition beside an existing workflow. */
  abstract updateDefinition(id: string, definition: Definition): Promise<void>;
  abstract delete(id: string): Promise<void>;
  /** Up to `limit` workflows after the id `after`, in order of id. */
  abstract list(filter: WorkflowFilter, after: string | null, limit: number): Promise<readonly Workflow[]>;
  abstract countOwnedBy(agentId: string): Promise<number>;
}
