import type { JsonObject } from '../../../../common/json.js';
import type { WhenCondition } from '../../../../workflows/domain/definition.js';
import type { PlanDiagnostic } from '../../../../workflows/domain/plan.js';
import type { JsonType } from './slot.js';

/** What later tasks may take over. */
export interface Handed {
  readonly reference: string;
  /** Empty: any JSON. */
  readonly types: ReadonlySet<JsonType>;
}

/** A task of a plan in the making. */
export interface DraftedTask {
  readonly taskId: string;
  readonly taskType: string;
  /** The words it comes from. */
  readonly clause: string;
  readonly parameters: JsonObject;
  /** Indexes of the tasks it waits for. */
  readonly dependencies: ReadonlySet<number>;
  readonly when: WhenCondition | null;
  /** null: nothing, and nothing was given to it either. */
  readonly handed: Handed | null;
  /** How long it takes, where its parameters say so. */
  readonly seconds: number | null;
  /** The field of its result that says yes or no. */
  readonly verdict: string | null;
  /** Names of parameters nobody asked for: the usual ones of plans. */
  readonly defaults: readonly string[];
  /** Pointers begin at the task. */
  readonly notes: readonly PlanDiagnostic[];
}

const FIELD = /^[A-Za-z_][\w-]*$/;

/** `{{ tasks.<taskId>.result.<field> }}`; without a field all of it. */
export function resultReference(taskId: string, field: string | null): string {
  if (field === null) return `{{ tasks.${taskId}.result }}`;
  return FIELD.test(field)
    ? `{{ tasks.${taskId}.result.${field} }}`
    : `{{ tasks.${taskId}.result[${JSON.stringify(field)}] }}`;
}

export const note = (code: string, pointer: string, message: string): PlanDiagnostic => ({
  code,
  severity: 'info',
  pointer,
  message,
});

export const warning = (code: string, pointer: string, message: string): PlanDiagnostic => ({
  code,
  severity: 'warning',
  pointer,
  message,
});
