import type { TaskDefinition } from '../../workflows/domain/definition.js';

/** A task a patch adds. */
export interface AddedTask {
  /** UUID of the new row. */
  readonly id: string;
  readonly agentId: string | null;
  readonly definition: TaskDefinition;
}

/** What becomes of the part of a run that has not begun; tasks that have are left as they are. */
export interface RunPatch {
  /** Pending tasks as they are to be, by taskId; `agentId` null: whoever has it now. */
  readonly changed: readonly { readonly agentId: string | null; readonly definition: TaskDefinition }[];
  readonly added: readonly AddedTask[];
  /** taskIds of pending tasks that are left out: their successors see `null`. */
  readonly removed: readonly string[];
}

export const isEmptyPatch = ({ changed, added, removed }: RunPatch): boolean =>
  changed.length + added.length + removed.length === 0;
