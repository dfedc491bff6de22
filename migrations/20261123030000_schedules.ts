import { Migration } from '@mikro-orm/migrations';

/** Workflows that are run at times of a calendar. */
export class Migration20261123030000_schedules extends Migration {
  override up(): void {
    this.addSql(`
      create table schedules (
        id uuid primary key,
        workflow_id uuid not null references workflows (id) on delete cascade,
        name text,
        cron text not null,
        time_zone text not null,
        input jsonb,
        next_fire_at timestamptz not null,
        last_fire_at timestamptz,
        last_run_id uuid,
        last_error jsonb,
        created_at timestamptz not null default now()
      )`);
    // GET /workflows/:workflowId/schedules, and the delete of a workflow.
    this.addSql(`create index schedules_workflow_id on schedules (workflow_id, id)`);
    // Every process, once a second: the schedules that are due.
    this.addSql(`create index schedules_next_fire_at on schedules (next_fire_at)`);

    // A run outlives its schedule: no foreign key.
    this.addSql(`alter table runs add column schedule_id uuid, add column fire_time timestamptz`);
    // At most one run of a fire.
    this.addSql(`
      create unique index runs_schedule_fire on runs (schedule_id, fire_time) where schedule_id is not null`);
  }

  override down(): void {
    this.addSql(`drop index if exists runs_schedule_fire`);
    this.addSql(`alter table runs drop column if exists schedule_id, drop column if exists fire_time`);
    this.addSql(`drop table if exists schedules`);
  }
}
