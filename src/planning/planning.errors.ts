import type { Issue } from '../common/issue.js';
import { InvalidInputError } from '../common/tandem-error.js';
import type { PlanDiagnostic } from '../workflows/domain/plan.js';

export function unfitConstraints(issues: readonly Issue[]): InvalidInputError {
  return new InvalidInputError('invalid_constraints', 'The constraints do not fit the workflow.', issues);
}

/** Nothing is left to plan with. */
export function emptyCatalogue(agents: number, taskTypes?: readonly string[]): InvalidInputError {
  const allowed =
    taskTypes === undefined ? '' : `, the constraint taskTypes allows ${JSON.stringify(taskTypes)}`;
  return new InvalidInputError(
    'empty_catalogue',
    `There is no task type to plan with: ${agents} active agents of the owner with their capabilities${allowed}. ` +
      'GET /api/v1/task-types shows what there is; give an agent a capability for it.',
    [],
  );
}

export function unknownPlanner(id: string, known: readonly string[]): InvalidInputError {
  const message = `There is no planner ${JSON.stringify(id)}.`;
  return new InvalidInputError('unknown_planner', message, [
    { code: 'unknown_planner', pointer: '/planner', message, allowed: known },
  ]);
}

/** What the constraints rule out. */
export function plansRefused(issues: readonly Issue[]): InvalidInputError {
  return new InvalidInputError(
    'plan_violates_constraints',
    'No plan for this request keeps to the constraints; `errors` says where the plan breaks them. Loosen them, or ask for less.',
    issues,
  );
}

/** Clauses nothing and nobody does: `human.task` is not in the catalogue. */
export function requestNotPlaceable(notPlaced: readonly PlanDiagnostic[]): InvalidInputError {
  return new InvalidInputError(
    'request_not_placeable',
    'Parts of the request fit no task type, and human.task is not among those that may be used.',
    notPlaced.map(({ code, message }) => ({ code, pointer: '/request', message })),
  );
}
