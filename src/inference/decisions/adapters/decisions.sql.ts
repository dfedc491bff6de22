import type { Statement } from '../../../database/unit-of-work.js';

export interface DecisionRow {
  readonly id: string;
  readonly agent_id: string | null;
  readonly workflow_id: string | null;
  readonly run_id: string | null;
  readonly task_id: string | null;
  readonly question: unknown;
  readonly chosen: string;
  readonly scores: unknown;
  readonly source: string;
  readonly reason: string;
  readonly twin_choice: string;
  readonly checks: unknown;
  readonly interaction_id: string | null;
  readonly cost_nano: string;
  readonly created_at: string;
}

const COLUMNS = `id, agent_id, workflow_id, run_id, task_id, question, chosen, scores, source, reason, twin_choice, checks,
  interaction_id, cost_nano::text as cost_nano, created_at`;

/** No row: the key has one already. */
export const insertDecision = (values: readonly unknown[]): Statement => ({
  text: `
insert into decisions (id, agent_id, workflow_id, run_id, task_id, question, chosen, scores, source, reason, twin_choice, checks,
  interaction_id, cost_nano, created_at, key)
values ($1, $2, $3, $4, $5, $6::jsonb, $7, $8::jsonb, $9, $10, $11, $12::jsonb, $13, $14, $15, $16)
on conflict (key) do nothing returning id`,
  values: [...values],
});

/** By primary key. */
export const findDecision = (id: string): Statement => ({
  text: `select ${COLUMNS} from decisions where id = $1`,
  values: [id],
});

/** By the unique index on key. */
export const findDecisionByKey = (key: string): Statement => ({
  text: `select ${COLUMNS} from decisions where key = $1`,
  values: [key],
});
