import { Migration } from '@mikro-orm/migrations';

/** How many tasks an agent executes at a time, across all processes. */
export class Migration20261123040000_agent_limits extends Migration {
  override up(): void {
    this.addSql(`
      alter table agents
        add column max_concurrent_tasks integer check (max_concurrent_tasks > 0)`);
    // Whose tasks need permits; empty where no agent has a limit.
    this.addSql(`
      create index agents_limited on agents (id) where max_concurrent_tasks is not null or status <> 'active'`);
    this.addSql(`
      create table agent_permits (
        task_id uuid primary key references tasks (id) on delete cascade,
        run_id uuid not null,
        agent_id uuid not null references agents (id),
        priority integer not null,
        asked_at timestamptz not null,
        granted_at timestamptz
      )`);
    // A claim: what the tasks of the run hold or wait for.
    this.addSql(`create index agent_permits_run on agent_permits (run_id)`);
    // How many an agent has granted.
    this.addSql(`create index agent_permits_held on agent_permits (agent_id) where granted_at is not null`);
    // Who is next.
    this.addSql(`
      create index agent_permits_awaited on agent_permits (agent_id, priority desc, asked_at, task_id)
        where granted_at is null`);
  }

  override down(): void {
    this.addSql(`drop table if exists agent_permits`);
    this.addSql(`drop index if exists agents_limited`);
    this.addSql(`alter table agents drop column if exists max_concurrent_tasks`);
  }
}
