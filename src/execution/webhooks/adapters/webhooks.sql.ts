import type { Statement } from '../../../database/unit-of-work.js';
import type { NewWebhook } from '../webhooks-store.port.js';

const COLUMNS = 'id, url, workflow_id, statuses, description, disabled_at, created_at';

export const insertWebhook = (webhook: NewWebhook): Statement => ({
  text: `
insert into webhooks (id, url, workflow_id, statuses, description, secret) values ($1, $2, $3, $4::text[], $5, $6)
returning ${COLUMNS}`,
  values: [
    webhook.id,
    webhook.url,
    webhook.workflowId,
    webhook.statuses,
    webhook.description,
    webhook.secret,
  ],
});

/** By primary key. */
export const selectWebhook = (id: string): Statement => ({
  text: `select ${COLUMNS} from webhooks where id = $1`,
  values: [id],
});

/** By primary key. */
export const selectWebhooks = (after: string | null, limit: number): Statement => ({
  text: `
select ${COLUMNS} from webhooks ${after === null ? '' : 'where id > $2'} order by id limit $1`,
  values: after === null ? [limit] : [limit, after],
});

/** Its row is locked first, then its deliveries in the order of their ids, as retention does. */
export const deleteWebhook = (id: string): Statement => ({
  text: `
with webhook as (delete from webhooks where id = $1 returning id),
locked as materialized (
  select d.id from webhook d0 join webhook_deliveries d on d.webhook_id = d0.id order by d.id for update of d
),
deleted as (delete from webhook_deliveries d using locked where d.id = locked.id)
select id from webhook`,
  values: [id],
});

/** By the index on (webhook_id, id). */
export const selectDeliveries = (webhookId: string, after: string | null, limit: number): Statement => ({
  text: `
select id, run_id, status, attempts, next_attempt_at, last_status, last_error, created_at, delivered_at
from webhook_deliveries where webhook_id = $1 ${after === null ? '' : 'and id > $3'} order by id limit $2`,
  values: after === null ? [webhookId, limit] : [webhookId, limit, after],
});
