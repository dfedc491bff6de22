import { Migration } from '@mikro-orm/migrations';

/** Tasks that a run gets while it goes on, other ways of doing a task, stored proposals for a recovery. */
export class Migration20261123000000_execution extends Migration {
  override up(): void {
    // `definition` only of tasks that are not in the definition of their run.
    this.addSql(`
      alter table tasks
        add column alternative integer not null default 0,
        add column definition jsonb`);

    // Written on the hot path: no foreign keys, whoever deletes a run deletes its rows.
    this.addSql(`
      create table recovery_proposals (
        task_id uuid not null,
        attempt integer not null,
        run_id uuid not null,
        proposal jsonb not null,
        created_at timestamptz not null default clock_timestamp(),
        primary key (task_id, attempt)
      )`);
    // Whoever deletes a run finds its proposals.
    this.addSql(`create index recovery_proposals_run_id on recovery_proposals (run_id)`);
  }

  override down(): void {
    this.addSql(`drop table if exists recovery_proposals`);
    this.addSql(`alter table tasks drop column if exists alternative, drop column if exists definition`);
  }
}
