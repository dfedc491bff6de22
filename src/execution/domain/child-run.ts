import type { JsonObject, JsonValue } from '../../common/json.js';
import type { Definition } from '../../workflows/domain/definition.js';
import type { RunStatus } from './status.js';

/** Runs may wait for runs, this deep. */
export const MAX_NESTING = 8;

/** The task a child run answers to. */
export interface RunParent {
  readonly runId: string;
  /** UUID of the task. */
  readonly taskId: string;
  readonly attempt: number;
}

/** A child run, ready to be written with the checkpoint of its parent. */
export interface NewChildRun {
  readonly id: string;
  readonly workflowId: string;
  readonly definition: Definition;
  readonly input: JsonValue;
  readonly assisted: boolean;
  readonly nesting: number;
  readonly parent: RunParent;
  /** By position in the definition. */
  readonly tasks: readonly { readonly id: string; readonly agentId: string | null }[];
}

/** What the parent's task shows while it waits. */
export const waitForChild = ({ id, workflowId }: NewChildRun): JsonObject => ({ runId: id, workflowId });

/** JSON text of what `workflow.run` answers; `output` is JSON text. */
export function childResult(runId: string, status: RunStatus, output: string | null): string {
  return `{"runId":${JSON.stringify(runId)},"status":${JSON.stringify(status)},"output":${output ?? 'null'}}`;
}
