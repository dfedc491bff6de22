import type { JsonObject } from '../../common/json.js';
import type { Availability, ParameterCheck, TaskHandler, TaskTypeOptions } from './task-type.js';

/** A task type as the rest of Tandem sees it: its declaration, its handler and what follows from both. */
export interface RegisteredTaskType extends TaskTypeOptions {
  readonly handler: TaskHandler;
  /** JSON Schema (2020-12) of the parameters as a caller writes them. */
  readonly parametersJsonSchema: JsonObject;
  readonly resultJsonSchema: JsonObject;
  /** Top-level parameters that are never interpolated (`x-literal`). */
  readonly literalParameters: ReadonlySet<string>;
  /** Top-level parameters a recovery may change (`adjustable`). */
  readonly adjustableParameters: readonly string[];
  /** `check` by the name of the parameter. */
  readonly parameterChecks: ReadonlyMap<string, ParameterCheck<unknown>>;
}

export function availabilityOf(type: RegisteredTaskType): Availability {
  return type.handler.availability?.() ?? { available: true };
}
