import type { Statement } from '../../database/unit-of-work.js';

const COLUMNS = `id, name, digest, scopes, created_by, created_at, expires_at, revoked_at, replaces, last_used_at`;

export interface NewKeyRow {
  readonly id: string;
  readonly name: string;
  readonly digest: Buffer;
  readonly scopes: readonly string[];
  readonly createdBy: string;
  readonly createdAt: Date;
  readonly expiresAt: Date | null;
  readonly replaces: string | null;
}

export const insertKey = (key: NewKeyRow): Statement => ({
  text: `
insert into api_keys (id, name, digest, scopes, created_by, created_at, expires_at, replaces)
values ($1, $2, $3, $4::text[], $5, $6, $7, $8)`,
  values: [
    key.id,
    key.name,
    key.digest,
    [...key.scopes],
    key.createdBy,
    key.createdAt.toISOString(),
    key.expiresAt?.toISOString() ?? null,
    key.replaces,
  ],
});

/** By primary key. */
export const selectKey = (id: string): Statement => ({
  text: `select ${COLUMNS} from api_keys where id = $1`,
  values: [id],
});

/** All of a small table. */
export const SELECT_KEYS: Statement = {
  text: `select ${COLUMNS} from api_keys order by created_at, id`,
  values: [],
};

/** Any number that nothing else locks: two processes that start at once make one first key. */
export const LOCK_KEYS: Statement = { text: 'select pg_advisory_xact_lock(7302014117)', values: [] };

/** By primary key; never later than it was. */
export const endKey = (id: string, column: 'expires_at' | 'revoked_at', at: Date): Statement => ({
  text: `update api_keys set ${column} = least($2::timestamptz, ${column}) where id = $1 returning id`,
  values: [id, at.toISOString()],
});

/** By primary key. */
export const touchKey = (id: string, at: Date): Statement => ({
  text: 'update api_keys set last_used_at = greatest($2::timestamptz, last_used_at) where id = $1',
  values: [id, at.toISOString()],
});
