import type { Statement } from '../../../database/unit-of-work.js';
import type { LeasedDelivery, LeaseRequest } from '../deliveries-store.port.js';
import type { Verdict } from '../domain/verdict.js';

const DISABLED = 'The webhook was disabled: its receiver answered 410.';

export interface LeasedRow {
  readonly id: string;
  readonly webhook_id: string;
  readonly url: string;
  readonly secret: string;
  readonly attempts: number;
  readonly run_id: string;
  readonly workflow_id: string | null;
  readonly status: string;
  readonly reason: string | null;
  readonly finished_at: string | Date;
}

/**
 * Leases what is due, of each webhook the earliest ones and no more than may be under way. `waiting` hops through
 * webhook_deliveries_pending from one webhook to the next, so the backlog of one costs nothing; their order is drawn
 * anew, so that nobody is always last. What was stored while its webhook was deleted or disabled is cleared away here.
 */
export function leaseDeliveries(request: LeaseRequest): Statement {
  const { limit, limitPerWebhook, underWay, leaseSeconds } = request;
  return {
    text: `
with recursive waiting as (
  (select webhook_id from webhook_deliveries where status = 'pending' order by webhook_id limit 1)
  union all
  select (
    select d.webhook_id from webhook_deliveries d
    where d.status = 'pending' and d.webhook_id > w.webhook_id order by d.webhook_id limit 1
  )
  from waiting w where w.webhook_id is not null
), due as materialized (
  select d.id from (
    select w.webhook_id, coalesce(x.count, 0) as under_way
    from waiting w left join unnest($1::uuid[], $2::integer[]) as x(webhook_id, count) using (webhook_id)
    where w.webhook_id is not null order by random()
  ) w
  cross join lateral (
    select id from webhook_deliveries
    where webhook_id = w.webhook_id and status = 'pending' and next_attempt_at <= now()
    order by next_attempt_at limit greatest($3::integer - w.under_way, 0) for update skip locked
  ) d
  limit $4
), removed as (
  delete from webhook_deliveries d using due
  where d.id = due.id and not exists (select from webhooks w where w.id = d.webhook_id)
), given_up as (
  update webhook_deliveries d set status = 'failed', next_attempt_at = null, last_error = '${DISABLED}'
  from due, webhooks w where d.id = due.id and w.id = d.webhook_id and w.disabled_at is not null
), leased as (
  update webhook_deliveries d set next_attempt_at = now() + make_interval(secs => $5)
  from due, webhooks w where d.id = due.id and w.id = d.webhook_id and w.disabled_at is null
  returning d.id, d.webhook_id, d.run_id, d.attempts, w.url, w.secret
)
select l.*, r.workflow_id, r.status, r.reason, r.finished_at from leased l join runs r on r.id = l.run_id`,
    values: [[...underWay.keys()], [...underWay.values()], limitPerWebhook, limit, leaseSeconds],
  };
}

/** A success is recorded even when a later attempt has been recorded meanwhile; a failure is not. Primary key. */
export function settleDelivery({ id, attempts }: LeasedDelivery, verdict: Verdict): Statement {
  const { kind, status } = verdict;
  const isDelivered = kind === 'delivered';
  return {
    text: `
update webhook_deliveries set
  status = $3, attempts = attempts + 1, last_status = $4, last_error = $5,
  next_attempt_at = case when $3 = 'pending' then now() + make_interval(secs => $6) end,
  delivered_at = case when $3 = 'delivered' then now() end
where id = $1 and ((status = 'pending' and attempts = $2) or ($3 = 'delivered' and status <> 'delivered'))`,
    values: [
      id,
      attempts,
      isDelivered ? 'delivered' : kind === 'retry' ? 'pending' : 'failed',
      status,
      isDelivered ? null : verdict.error,
      kind === 'retry' ? verdict.delayMs / 1000 : 0,
    ],
  };
}

/** Disables the webhook of a delivery and gives up all else that is pending for it. Its row is locked first. */
export function disableWebhook({ id, webhookId }: LeasedDelivery): Statement {
  return {
    text: `
with disabled as (
  update webhooks set disabled_at = coalesce(disabled_at, now()) where id = $1 returning id
)
update webhook_deliveries d set status = 'failed', next_attempt_at = null, last_error = $2
from disabled w where d.webhook_id = w.id and d.status = 'pending' and d.id <> $3`,
    values: [webhookId, DISABLED, id],
  };
}

export function giveBackDelivery({ id, attempts }: LeasedDelivery): Statement {
  return {
    text: `update webhook_deliveries set next_attempt_at = now() where id = $1 and status = 'pending' and attempts = $2`,
    values: [id, attempts],
  };
}
