import type { Statement } from '../../database/unit-of-work.js';

export interface AuditRow {
  readonly id: string;
  readonly at: string;
  readonly caller: string;
  readonly operation: string;
  readonly method: string;
  readonly path: string;
  readonly request_id: string;
  readonly status: number | null;
}

export const insertRows = (rows: readonly AuditRow[]): Statement => ({
  text: `
insert into audit_log (id, at, caller, operation, method, path, request_id, status)
select * from jsonb_to_recordset($1::jsonb)
  as row (id uuid, at timestamptz, caller text, operation text, method text, path text, request_id text, status integer)`,
  values: [JSON.stringify(rows)],
});

/** By primary key. */
export const completeRows = (rows: readonly Pick<AuditRow, 'id' | 'status'>[]): Statement => ({
  text: `
update audit_log a set status = done.status
from jsonb_to_recordset($1::jsonb) as done (id uuid, status integer) where a.id = done.id and a.status is null`,
  values: [JSON.stringify(rows)],
});

/** By primary key backwards, or by audit_log_caller. */
export const selectRows = (caller: string | null, before: string | null, limit: number): Statement => ({
  text: `
select id, at, caller, operation, method, path, request_id, status from audit_log
where ($1::text is null or caller = $1) and ($2::uuid is null or id < $2) order by id desc limit $3`,
  values: [caller, before, limit],
});
