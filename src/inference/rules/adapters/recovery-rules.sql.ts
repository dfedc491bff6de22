import type { Statement } from '../../../database/unit-of-work.js';
import type { RuleFilter } from '../recovery-rules.store.port.js';

export interface RuleRow {
  readonly id: string;
  readonly task_type: string;
  readonly error_class: string;
  readonly fingerprint: string;
  readonly signature: string;
  readonly recovery: unknown;
  readonly status: string;
  readonly pinned: boolean;
  readonly successes: number;
  readonly failures: number;
  readonly recent: string[];
  readonly created_at: string;
  readonly updated_at: string;
}

const COLUMNS = `id, task_type, error_class, fingerprint, signature, recovery, status, pinned, successes, failures, recent,
  created_at, updated_at`;

export const lockKind = (signature: string): Statement => ({
  text: `select pg_advisory_xact_lock(hashtextextended('recovery:' || $1, 0))`,
  values: [signature],
});

/** By the unique index on signature. */
export const rulesOfKind = (signature: string): Statement => ({
  text: `select ${COLUMNS} from recovery_rules where signature = $1 order by id`,
  values: [signature],
});

export const findRule = (id: string): Statement => ({
  text: `select ${COLUMNS} from recovery_rules where id = $1`,
  values: [id],
});

/** By primary key: there are as many rules as kinds of failures. */
export const listRules = (
  { status, taskType }: RuleFilter,
  after: string | null,
  limit: number,
): Statement => ({
  text: `
select ${COLUMNS} from recovery_rules
where ($1::text is null or status = $1) and ($2::text is null or task_type = $2) and ($3::uuid is null or id > $3)
order by id limit $4`,
  values: [status ?? null, taskType ?? null, after, limit],
});

export const saveRule = (
  row: Omit<RuleRow, 'created_at' | 'updated_at'> & {
    readonly recovery_key: string;
    readonly created_at: Date;
    readonly updated_at: Date;
  },
): Statement => ({
  text: `
insert into recovery_rules (id, task_type, error_class, fingerprint, signature, recovery, recovery_key, status, pinned,
  successes, failures, recent, created_at, updated_at)
values ($1, $2, $3, $4, $5, $6::jsonb, $7, $8, $9, $10, $11, $12::text[], $13, $14)
on conflict (id) do update set recovery = excluded.recovery, recovery_key = excluded.recovery_key, status = excluded.status,
  pinned = excluded.pinned, successes = excluded.successes, failures = excluded.failures, recent = excluded.recent,
  updated_at = excluded.updated_at`,
  values: [
    ...[row.id, row.task_type, row.error_class, row.fingerprint, row.signature, JSON.stringify(row.recovery)],
    ...[row.recovery_key, row.status, row.pinned, row.successes, row.failures, row.recent],
    ...[row.created_at, row.updated_at],
  ],
});

export const deleteRule = (id: string): Statement => ({
  text: `delete from recovery_rules where id = $1`,
  values: [id],
});
