import { Migration } from '@mikro-orm/migrations';

/** Runs that a task of another run waits for. */
export class Migration20261123000500_child_runs extends Migration {
  override up(): void {
    this.addSql(`
      alter table runs
        add column parent_run_id uuid,
        add column parent_task_id uuid,
        add column parent_attempt integer,
        add column nesting integer not null default 0`);
    // A task that is attempted once starts one child, whatever crashes.
    this.addSql(`
      create unique index runs_parent on runs (parent_task_id, parent_attempt) where parent_task_id is not null`);
  }

  override down(): void {
    this.addSql(`
      alter table runs
        drop column if exists parent_run_id,
        drop column if exists parent_task_id,
        drop column if exists parent_attempt,
        drop column if exists nesting`);
  }
}
