import type { PolicyAction } from '../../../agents/domain/intelligence.js';
import type { ExecutionMode } from '../../../common/intelligence.js';
import type { JsonObject, JsonValue } from '../../../common/json.js';
import type { TaskStatus } from '../../../execution/domain/status.js';
import type { RegisteredTaskType } from '../../../tasks/domain/registered-task-type.js';
import type { Definition, TaskDefinition } from '../../../workflows/domain/definition.js';

/** What can be done to the part of a run that has not begun. */
export const ADAPTATION_ACTIONS = [
  'delegate',
  'skip',
  'use_alternative',
  'reorder',
  'insert_task',
  'replace_task',
  'remove_task',
] as const satisfies readonly PolicyAction[];
export type AdaptationAction = (typeof ADAPTATION_ACTIONS)[number];

/** One step of an adaptation. What its action has no use for is empty. */
export interface Change {
  readonly action: AdaptationAction;
  /** The task it is about; of `insert_task` the name of the new one. */
  readonly taskId: string;
  /** Of `delegate`. */
  readonly toAgentId: string | null;
  /** Of `reorder` and `insert_task`: all tasks it is to wait for. */
  readonly dependencies: readonly string[];
  /** Of `reorder`, 0–9; null: as it is. */
  readonly priority: number | null;
  /** Of `insert_task`: pending tasks that are to wait for it. */
  readonly before: readonly string[];
  /** Of `insert_task` and `replace_task`. */
  readonly taskType: string | null;
  readonly parameters: JsonObject;
  readonly why: string;
}

/** What is to be done about the rest of a run; no changes: it is left as it is. */
export interface AdaptationAnswer {
  readonly changes: readonly Change[];
  /** For people. */
  readonly reason: string;
}

/** What the rest of a run has to cope with. */
export interface Conditions {
  /** These agents take no tasks any more. */
  readonly agentsGone: readonly string[];
  /** These task types cannot be executed any more. */
  readonly taskTypesDisabled: readonly string[];
  /** The rest is to take no longer; null: it may. */
  readonly deadlineSeconds: number | null;
  /** The rest is to cost no more, decimal USD; null: it may. */
  readonly budgetUsd: string | null;
  /** Whatever else was said. Rules make nothing of it. */
  readonly other: JsonValue;
}

/** An agent that may execute tasks of the run. */
export interface AdaptationAgent {
  readonly id: string;
  readonly name: string;
  readonly capabilities: readonly string[];
  readonly isActive: boolean;
  readonly maxConcurrentTasks: number | null;
}

/** Where a task is, by position in the definition. */
export interface TaskPlace {
  readonly status: TaskStatus;
  readonly agentId: string | null;
  /** Estimated. */
  readonly seconds: number;
  /** What its models may cost at most, decimal USD. */
  readonly costUsd: string;
}

/** A run as it stands, and what changes may do to it. */
export interface RunToAdapt {
  readonly executionMode: ExecutionMode;
  readonly conditions: Conditions;
  readonly definition: Definition;
  readonly places: readonly TaskPlace[];
  readonly agents: readonly AdaptationAgent[];
}

/** What the changes are checked against. */
export interface ChangeRules {
  findTaskType(name: string): RegisteredTaskType | undefined;
  /** Whether a task is waited for its own sake: it hands nothing on, as an approval or a timer. */
  isGate(task: TaskDefinition): boolean;
}

/** A change with nothing in it. */
export const NO_CHANGE: Omit<Change, 'action' | 'taskId' | 'why'> = {
  ...{ toAgentId: null, dependencies: [], priority: null, before: [], taskType: null, parameters: {} },
};
