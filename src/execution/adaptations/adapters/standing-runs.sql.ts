import type { Statement } from '../../../database/unit-of-work.js';

export interface StandingRunRow {
  readonly workflow_id: string | null;
  readonly assisted: boolean;
  readonly status: string;
  readonly definition: unknown;
}

/** By primary key. */
export const standingRun = (runId: string): Statement => ({
  text: 'select workflow_id, assisted, status, definition from runs where id = $1',
  values: [runId],
});

export interface StandingTaskRow {
  readonly task_id: string;
  readonly status: string;
  readonly agent_id: string | null;
  /** Where the run's own does not say it. */
  readonly definition: unknown;
  /** Not part of the graph: something spawned it, or it undoes something. */
  readonly is_beside: boolean;
}

/** Every task of a run, by position. By the index on (run_id, task_id). */
export const standingTasks = (runId: string): Statement => ({
  text: `
select task_id, status, agent_id, definition, (parent_task_id is not null or coalesce(definition ? 'compensates', false)) as is_beside
from tasks where run_id = $1 order by position`,
  values: [runId],
});
