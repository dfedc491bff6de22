import type { Statement } from '../../../database/unit-of-work.js';

export interface RecoveryRow {
  readonly run_id: string;
  readonly id: string;
  readonly task_id: string;
  readonly attempt: number;
  readonly proposal: unknown;
  readonly created_at: string;
}

const MAX_ROWS = 200;

/** By the index on run_id, then one look-up per task. */
export const recoveriesOfRun = (runId: string): Statement => ({
  text: `
select p.run_id, t.id, t.task_id, p.attempt, p.proposal, p.created_at
from recovery_proposals p join tasks t on t.id = p.task_id
where p.run_id = $1 order by p.created_at, p.attempt limit ${MAX_ROWS}`,
  values: [runId],
});
