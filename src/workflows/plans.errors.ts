import { ConflictError } from '../common/tandem-error.js';
import type { Plan } from './domain/plan.js';
import type { Workflow } from './workflow.js';

const shown = ({ id, version }: Plan): string => `Plan ${id} (version ${version})`;

export function planChanged(plan: Plan, given: string): ConflictError {
  return new ConflictError(
    'plan_changed',
    `${shown(plan)} has the content hash ${plan.contentHash}, not ${JSON.stringify(given)}. Read it again before you decide.`,
  );
}

export function planSuperseded(plan: Plan): ConflictError {
  return new ConflictError(
    'plan_superseded',
    `${shown(plan)} was superseded by a plan approved later. Make a new version of its definition to return to it.`,
  );
}

export function planRejected(plan: Plan): ConflictError {
  return new ConflictError(
    'plan_rejected',
    `${shown(plan)} was rejected. Make a new version of its definition if it shall run after all.`,
  );
}

export function planApproved(plan: Plan): ConflictError {
  return new ConflictError(
    'plan_approved',
    `${shown(plan)} is approved and cannot be rejected. Approve another plan instead of it.`,
  );
}

/** What a workflow would start, where it needs approval. */
export function planNotApproved(
  { id, name }: Pick<Workflow, 'id' | 'name'>,
  hash: string,
  approved: string | null,
): ConflictError {
  const why =
    approved === null
      ? 'no plan of it is approved'
      : `its definition (${hash}) is not that of its approved plan (${approved})`;
  return new ConflictError(
    'plan_not_approved',
    `Workflow ${JSON.stringify(name)} (${id}) starts only with an approved plan, and ${why}. ` +
      `POST the definition to /api/v1/workflows/${id}/plans and approve it.`,
  );
}
