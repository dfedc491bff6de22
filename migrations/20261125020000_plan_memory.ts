import { Migration } from '@mikro-orm/migrations';

/** Which plans the planner learned from. Their words and task types are read where the plans are. */
export class Migration20261125020000_plan_memory extends Migration {
  override up(): void {
    this.addSql(`
      create table plan_memory (
        plan_id uuid primary key references workflow_plans (id) on delete cascade,
        is_accepted boolean not null,
        learned_at timestamptz not null default now(),
        forgotten_at timestamptz
      )`);
  }

  override down(): void {
    this.addSql(`drop table if exists plan_memory`);
  }
}
