import type { Statement } from '../../database/unit-of-work.js';

/** Registers this process, or says that it is alive. */
export const BEAT = `
insert into processes (id, lock_key, host, pid) values ($1, $2, $3, $4)
on conflict (id) do update set beat_at = clock_timestamp(), lock_key = excluded.lock_key`;

/**
 * Processes that must be dead or cut off: lock lost and silent for 1.2 s, or silent for 5 s; database clock. Judges
 * nobody for 5 s after the server itself started, since nobody could beat before.
 */
export const SUSPECTS = `
select p.id from processes p
where p.id <> $1 and clock_timestamp() - pg_postmaster_start_time() > interval '5 seconds' and (
  p.beat_at < clock_timestamp() - interval '5 seconds' or
  (p.beat_at < clock_timestamp() - interval '1.2 seconds' and not exists (
    select from pg_locks l
    where l.locktype = 'advisory' and l.granted and l.objsubid = 1
      and l.database = (select oid from pg_database where datname = current_database())
      and ((l.classid::bigint << 32) | l.objid::bigint) = p.lock_key)))`;

export const FORGET = `delete from processes where id = $1`;

/** By the partial index on owner_id. */
export const FORGET_IF_IDLE = `
delete from processes p where p.id = $1
  and not exists (select from runs r where r.owner_id = p.id and r.finished_at is null)`;

/** Runs of a process that is gone, locked one page at a time; another replica at the same work takes the next ones. */
export function runsOfProcess(processId: string, limit: number): Statement {
  return {
    text: `
select id from runs where owner_id = $1 and finished_at is null order by id limit $2 for no key update skip locked`,
    values: [processId, limit],
  };
}

/** Takes runs away from a process: the new epoch fences it at once, whoever fetches the new job goes on. */
export function disown(jobs: readonly { readonly runId: string; readonly jobId: string }[]): Statement {
  return {
    text: `
update runs r set owner_id = null, epoch = r.epoch + 1, job_id = x."jobId", fruitless_claims = r.fruitless_claims + 1
from json_to_recordset($1::json) as x("runId" uuid, "jobId" uuid) where r.id = x."runId"`,
    values: [JSON.stringify(jobs)],
  };
}
