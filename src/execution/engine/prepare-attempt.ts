import type { Issue } from '../../common/issue.js';
import type { JsonObject } from '../../common/json.js';
import { issuesOf } from '../../common/zod-issues.js';
import { EFFECTS, type Effect } from '../../tasks/domain/effect.js';
import { availabilityOf, type RegisteredTaskType } from '../../tasks/domain/registered-task-type.js';
import { storableMessage, type TaskFailure } from '../../tasks/domain/task-error.js';
import type { TaskDefinition } from '../../workflows/domain/definition.js';
import { resolveParameters } from '../../workflows/domain/references.js';
import type { ReferenceScope } from '../../workflows/domain/resolve-reference.js';
import { evaluateWhen } from '../../workflows/domain/when.js';

/** What a ready task turns out to be when its references are resolved. */
export type Prepared =
  | {
      readonly kind: 'start';
      readonly type: RegisteredTaskType;
      readonly parameters: unknown;
      readonly effect: Effect;
    }
  | { readonly kind: 'skip' }
  | { readonly kind: 'fail'; readonly failure: TaskFailure };

/** Nothing has been done yet, and the same definition fails the same way again. */
function failed(code: string, message: string): Prepared {
  return {
    kind: 'fail',
    failure: {
      code,
      class: 'invalid_input',
      message: storableMessage(message),
      retryable: false,
      effect: 'none',
    },
  };
}

const listed = (issues: readonly Issue[]): string =>
  issues.map(({ pointer, message }) => `${pointer || '/'}: ${message}`).join(' ');

/** Resolves references and condition of a task and checks its parameters against its type. */
export function prepareAttempt(
  task: TaskDefinition,
  type: RegisteredTaskType | undefined,
  scope: ReferenceScope,
): Prepared {
  if (type === undefined) {
    return failed(
      'unknown_task_type',
      `There is no task type ${JSON.stringify(task.taskType)} in this deployment.`,
    );
  }
  if (task.when !== undefined) {
    const decision = evaluateWhen(task.when, scope);
    if ('issues' in decision) return failed('unresolved_reference', `when${listed(decision.issues)}`);
    if (!decision.run) return { kind: 'skip' };
  }
  const availability = availabilityOf(type);
  if (!availability.available && availability.temporary !== true)
    return failed('task_type_unavailable', availability.reason);
  const resolved = resolveParameters(task.parameters, type.literalParameters, scope);
  if ('issues' in resolved) return failed('unresolved_reference', listed(resolved.issues));
  return checkParameters(type, resolved.value);
}

function checkParameters(type: RegisteredTaskType, value: JsonObject): Prepared {
  const parsed = type.parameters.safeParse(value);
  if (!parsed.success) {
    return failed('invalid_parameters', listed(issuesOf(parsed.error.issues, value).slice(0, 20)));
  }
  const effect: Effect = type.effects(parsed.data);
  if (!EFFECTS.includes(effect))
    return failed('invalid_effect', `The task type ${type.name} says its effect is ${String(effect)}.`);
  return { kind: 'start', type, parameters: parsed.data, effect };
}
