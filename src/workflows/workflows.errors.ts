import { type Issue, prefixIssues } from '../common/issue.js';
import { ConflictError, InvalidInputError, TandemError } from '../common/tandem-error.js';
import type { Workflow } from './workflow.js';

/** A definition that cannot run. `prefix` is where it stands in the request: `/definition`, or '' when it is the body. */
export function invalidDefinition(issues: readonly Issue[], prefix: string): InvalidInputError {
  const count = issues.length === 1 ? 'One thing is' : `${issues.length} things are`;
  return new InvalidInputError(
    'invalid_definition',
    `${count} wrong with the definition; \`errors\` lists all. POST /api/v1/definitions/validate checks without storing.`,
    prefixIssues(issues, prefix),
  );
}

const shown = (workflow: Workflow): string => `Workflow ${JSON.stringify(workflow.name)} (${workflow.id})`;

export function definitionNotFound(workflow: Workflow): TandemError {
  return new TandemError({
    kind: 'not_found',
    code: 'definition_not_found',
    message: `${shown(workflow)} has no definition yet. PUT one to /api/v1/workflows/${workflow.id}/definition.`,
  });
}

export function definitionMissing(workflow: Workflow): ConflictError {
  return new ConflictError(
    'definition_missing',
    `${shown(workflow)} cannot start without a definition. PUT one to /api/v1/workflows/${workflow.id}/definition.`,
  );
}

export function workflowArchived(workflow: Workflow): ConflictError {
  return new ConflictError(
    'workflow_archived',
    `${shown(workflow)} is archived and does not start. PATCH its status to "active" first.`,
  );
}

export function workflowRunning(workflow: Workflow, liveRuns: number): ConflictError {
  const runs = liveRuns === 1 ? 'one live run' : `${liveRuns} live runs`;
  return new ConflictError(
    'workflow_running',
    `${shown(workflow)} cannot be deleted: it has ${runs}. Wait for or cancel these first, or archive the workflow.`,
    { liveRuns },
  );
}
