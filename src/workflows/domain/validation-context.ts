import type { RegisteredTaskType } from '../../tasks/domain/registered-task-type.js';
import type { ParameterCheck } from '../../tasks/domain/task-type.js';

/** An agent of the owner's subtree, as far as capability is concerned. */
export interface CandidateAgent {
  readonly id: string;
  readonly capabilities: readonly string[];
  /** Only `active` agents take tasks. */
  readonly status: string;
}

/** What a definition is checked against. */
export interface ValidationContext {
  findTaskType(name: string): RegisteredTaskType | undefined;
  /** Names to propose for an unknown task type. */
  readonly taskTypeNames?: readonly string[];
  /** The owner and the agents below it. Absent: capability is not checked. */
  readonly agents?: readonly CandidateAgent[];
  /** What is wrong with a JSON Schema. Absent: `inputSchema` is not looked into. */
  readonly checkSchema?: ParameterCheck<unknown>;
}
