import type { Statement } from '../database/unit-of-work.js';
import { type IdempotentRequest, KEPT_HOURS, type StoredAnswer } from './idempotency.js';

/** Takes the scope for the rest of the transaction, or answers `taken: false` at once when another holds it. */
export const takeScope = (scope: string): Statement => ({
  text: `select pg_try_advisory_xact_lock(hashtextextended($1, 0)) as taken`,
  values: [scope],
});

/** The answer under a scope while it is kept; headers and body as JSON text. By primary key. */
export const findAnswer = (scope: string): Statement => ({
  text: `select body_hash, status, headers::text as headers, body #>> '{}' as body, claimed_until is not null as is_claimed
    from idempotency_keys where scope = $1 and created_at > now() - make_interval(hours => $2)
      and (claimed_until is null or claimed_until > now())`,
  values: [scope, KEPT_HOURS],
});

/** Keeps an answer; one whose time is over is replaced. The body is kept as text: jsonb would reorder its members. */
export const keepAnswer = ({ scope, bodyHash }: IdempotentRequest, answer: StoredAnswer): Statement => ({
  text: `insert into idempotency_keys (scope, body_hash, status, headers, body) values ($1, $2, $3, $4::jsonb, to_jsonb($5::text))
    on conflict (scope) do update set body_hash = excluded.body_hash, status = excluded.status,
      headers = excluded.headers, body = excluded.body, created_at = now(), claimed_until = null`,
  values: [
    scope,
    bodyHash,
    answer.status,
    JSON.stringify(answer.headers),
    JSON.stringify(answer.body ?? null),
  ],
});

/** Marks a scope as being worked on until the claim runs out; replaces one that has. By primary key. */
export const claimScope = ({ scope, bodyHash }: IdempotentRequest, leaseSeconds: number): Statement => ({
  text: `insert into idempotency_keys (scope, body_hash, status, claimed_until)
    values ($1, $2, 0, now() + make_interval(secs => $3))
    on conflict (scope) do update set body_hash = excluded.body_hash, status = 0, headers = '{}', body = null,
      created_at = now(), claimed_until = excluded.claimed_until`,
  values: [scope, bodyHash, leaseSeconds],
});

/** Lets the same request be handled again. By primary key; an answer stays. */
export const dropClaim = (scope: string): Statement => ({
  text: `delete from idempotency_keys where scope = $1 and claimed_until is not null`,
  values: [scope],
});

/**
 * Deletes a few answers whose time is over, so that the table stays as large as a day's requests. By the index on
 * created_at, oldest first; rows another transaction works on are left to it.
 */
export const purgeSome = (limit: number): Statement => ({
  text: `delete from idempotency_keys where scope in (
    select scope from idempotency_keys where created_at <= now() - make_interval(hours => $1)
    order by created_at limit $2 for update skip locked)`,
  values: [KEPT_HOURS, limit],
});
