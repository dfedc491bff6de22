import type { Statement } from '../../database/unit-of-work.js';
import { HAS_LIMITED_AGENT } from '../permits/adapters/permits.sql.js';

/** A run may have 10,000 of them. What most tasks do not have is null, not 0 or false: such a column is read at once. */
export interface LoadedTaskRow {
  readonly id: string;
  readonly run_id: string;
  readonly agent_id: string | null;
  readonly parent_task_id: string | null;
  readonly alternative: number | null;
  readonly definition: unknown;
  readonly status: string;
  readonly attempt: number | null;
  readonly failed_attempts: number | null;
  readonly effect: string | null;
  readonly result: string | null;
  readonly has_payload: true | null;
  readonly error: unknown;
  readonly source: string | null;
  readonly waiting_for: string | null;
  readonly wait: unknown;
  readonly wake_ms: number | null;
  readonly ready_ms: number | null;
  readonly started_ms: number | null;
  readonly finished_ms: number | null;
  readonly has_limited_agent: true | null;
}

const ms = (column: string, alias: string): string =>
  `(extract(epoch from ${column}) * 1000)::double precision as ${alias}`;

/** Every task of some runs, by position. By the index on (run_id, task_id); results as JSON text. */
export function loadTasks(runIds: readonly string[]): Statement {
  return {
    text: `
select id, run_id, agent_id, parent_task_id, nullif(alternative, 0) as alternative, definition, status,
  nullif(attempt, 0) as attempt, nullif(failed_attempts, 0) as failed_attempts, effect, result::text as result,
  nullif(has_payload, false) as has_payload, error, source, waiting_for, wait, ${ms('wake_at', 'wake_ms')},
  ${ms('ready_at', 'ready_ms')}, ${ms('started_at', 'started_ms')}, ${ms('finished_at', 'finished_ms')},
  ${HAS_LIMITED_AGENT} as has_limited_agent
from tasks t where run_id = any($1::uuid[]) order by run_id, position`,
    values: [runIds],
  };
}

export interface ProposalRow {
  readonly task_id: string;
  readonly attempt: number;
  readonly proposal: unknown;
}

/** What was proposed for these tasks, for the latest of their attempts or an earlier one. By primary key. */
export function loadProposals(taskIds: readonly string[]): Statement {
  return {
    text: `
select p.task_id, p.attempt, p.proposal from recovery_proposals p where p.task_id = any($1::uuid[])`,
    values: [taskIds],
  };
}
