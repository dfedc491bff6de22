import { Migration } from '@mikro-orm/migrations';

/** Webhooks on the end of runs and what is to be delivered to them; the order in which ended runs are removed. */
export class Migration20261123020000_webhooks extends Migration {
  override up(): void {
    // A webhook outlives its workflow. The secret is symmetric: it is needed as it is to sign.
    this.addSql(`
      create table webhooks (
        id uuid primary key,
        url text not null,
        workflow_id uuid,
        statuses text[] not null,
        description text not null default '',
        secret text not null,
        disabled_at timestamptz,
        created_at timestamptz not null default clock_timestamp()
      )`);
    // Checkpoint of an end: the webhooks of its workflow, and those of all runs (workflow_id is null).
    this.addSql(`create index webhooks_enabled on webhooks (workflow_id) where disabled_at is null`);

    // Written in the checkpoint that ends a run: no foreign keys. Whoever deletes a run or a webhook deletes its rows.
    this.addSql(`
      create table webhook_deliveries (
        id uuid primary key,
        webhook_id uuid not null,
        run_id uuid not null,
        status text not null default 'pending' check (status in ('pending', 'delivered', 'failed')),
        attempts integer not null default 0,
        next_attempt_at timestamptz,
        last_status integer,
        last_error text,
        created_at timestamptz not null default clock_timestamp(),
        delivered_at timestamptz,
        check ((status = 'pending') = (next_attempt_at is not null)),
        unique (run_id, webhook_id)
      )`);
    // GET /webhooks/:webhookId/deliveries, deleting a webhook.
    this.addSql(`create index webhook_deliveries_webhook_id on webhook_deliveries (webhook_id, id)`);
    // Leasing what is due: the webhooks that have something pending, and of each the earliest.
    this.addSql(`
      create index webhook_deliveries_pending on webhook_deliveries (webhook_id, next_attempt_at)
        where status = 'pending'`);

    // Retention: the runs that ended longest ago.
    this.addSql(`create index runs_ended on runs (finished_at) where finished_at is not null`);
  }

  override down(): void {
    this.addSql(`drop index if exists runs_ended`);
    this.addSql(`drop table if exists webhook_deliveries`);
    this.addSql(`drop table if exists webhooks`);
  }
}
