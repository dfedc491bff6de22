import type { Statement } from '../../../database/unit-of-work.js';
import type { CachedAnswer } from '../cached-answer.js';

export interface SharedRow {
  readonly answer: CachedAnswer['answer'] | null;
  readonly interaction_id: string | null;
  readonly ttl_ms: number | null;
  readonly leased: boolean;
}

/** By primary keys. The lease is taken only where there is no answer, and from nobody who still has it. */
export const findOrLease = (key: string, owner: string, leaseMs: number): Statement => ({
  text: `
with found as (
  select answer, interaction_id, (extract(epoch from expires_at - now()) * 1000)::float8 as ttl_ms
  from llm_cache where key = $1 and expires_at > now()
), leased as (
  insert into llm_cache_leases as l (key, owner, expires_at)
  select $1, $2, now() + $3 * interval '1 millisecond' where not exists (select from found)
  on conflict (key) do update set owner = excluded.owner, expires_at = excluded.expires_at
  where l.expires_at < now() or l.owner = excluded.owner
  returning key
)
select f.answer, f.interaction_id, f.ttl_ms, exists (select from leased) as leased
from (select 1) one left join found f on true`,
  values: [key, owner, leaseMs],
});

/** By primary keys. */
export const saveAnswer = (
  key: string,
  functionName: string,
  { answer, interactionId }: CachedAnswer,
  ttlSeconds: number,
): Statement => ({
  text: `
with released as (delete from llm_cache_leases where key = $1)
insert into llm_cache (key, function_name, answer, interaction_id, expires_at)
values ($1, $2, $3::jsonb, $4, now() + $5 * interval '1 second')
on conflict (key) do update set function_name = excluded.function_name, answer = excluded.answer,
  interaction_id = excluded.interaction_id, created_at = now(), expires_at = excluded.expires_at`,
  values: [key, functionName, JSON.stringify(answer), interactionId, ttlSeconds],
});

/** By primary key. */
export const releaseLease = (key: string, owner: string): Statement => ({
  text: `delete from llm_cache_leases where key = $1 and owner = $2`,
  values: [key, owner],
});

/** By llm_cache_expires_at; the few leases one by one. */
export const deleteExpired = (limit: number): Statement => ({
  text: `
with old as (
  select key from llm_cache where expires_at < now() order by expires_at limit $1 for update skip locked
), gone as (delete from llm_cache c using old where c.key = old.key returning c.key),
leases as (delete from llm_cache_leases where expires_at < now())
select count(*)::integer as count from gone`,
  values: [limit],
});
