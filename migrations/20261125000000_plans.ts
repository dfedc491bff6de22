import { Migration } from '@mikro-orm/migrations';

/** When a plan was approved or rejected. */
export class Migration20261125000000_plans extends Migration {
  override up(): void {
    this.addSql(`alter table workflow_plans add column decided_at timestamptz`);
    // The plan that approving supersedes, and what a start compares the definition with.
    this.addSql(`
      create unique index workflow_plans_approved on workflow_plans (workflow_id)
        where status = 'approved' and run_id is null`);
  }

  override down(): void {
    this.addSql(`drop index if exists workflow_plans_approved`);
    this.addSql(`alter table workflow_plans drop column if exists decided_at`);
  }
}
