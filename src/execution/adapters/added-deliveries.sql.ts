/** A UUIDv7 (RFC 9562): its version is 4 (0100) with two more bits set, its first six bytes are the time. */
const NEW_ID = `encode(set_bit(set_bit(overlay(uuid_send(gen_random_uuid())
      placing substring(int8send((extract(epoch from clock_timestamp()) * 1000)::bigint) from 3) from 1 for 6),
      52, 1), 53, 1), 'hex')::uuid`;

/**
 * Part of the checkpoint: one row for each webhook that wants to hear of a run that ends in it. Runs by primary key,
 * webhooks by two looks into webhooks_enabled for each run.
 */
export const ADDED_DELIVERIES = `added_deliveries as (
  insert into webhook_deliveries (id, webhook_id, run_id, next_attempt_at)
  select ${NEW_ID}, w.id, h.id, clock_timestamp()
  from held h join runs r on r.id = h.id
  cross join lateral (
    select id, statuses from webhooks where disabled_at is null and workflow_id is null
    union all
    select id, statuses from webhooks where disabled_at is null and workflow_id = r.workflow_id
  ) w
  where h.finished_ms is not null and h.status = any(w.statuses)
  on conflict (run_id, webhook_id) do nothing
  returning id
)`;
