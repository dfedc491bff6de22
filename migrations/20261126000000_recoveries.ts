import { Migration } from '@mikro-orm/migrations';

/** What models may help with while a run is going on. Adds only. */
export class Migration20261126000000_recoveries extends Migration {
  override up(): void {
    // At the start of each process: who may be helped.
    this.addSql(`
      create index agents_above_basic on agents (id) where intelligence_level <> 'basic'`);

    // What became of a proposal; null: not known, or nobody has asked.
    this.addSql(`
      alter table recovery_proposals
        add column outcome text check (outcome in ('worked', 'failed', 'none'))`);
    // Whoever meets the same kind of failure asks what became of the last recoveries from it.
    this.addSql(`
      create index recovery_proposals_unsettled on recovery_proposals ((proposal #>> '{details,signature}'))
        where outcome is null and proposal #>> '{details,signature}' is not null`);

    // `key`: the same question of a run is decided once.
    this.addSql(`
      create table decisions (
        id uuid primary key,
        key text unique,
        agent_id uuid,
        workflow_id uuid,
        run_id uuid references runs (id) on delete cascade,
        task_id uuid,
        question jsonb not null,
        chosen text not null,
        scores jsonb not null,
        source text not null,
        reason text not null,
        twin_choice text not null,
        checks jsonb not null,
        interaction_id uuid,
        cost_nano bigint not null,
        created_at timestamptz not null
      )`);
    // Retention: with their run.
    this.addSql(`create index decisions_run_id on decisions (run_id) where run_id is not null`);

    this.addSql(`
      create table recovery_rules (
        id uuid primary key,
        task_type text not null,
        error_class text not null,
        fingerprint text not null,
        signature text not null,
        recovery jsonb not null,
        recovery_key text not null,
        status text not null check (status in ('candidate', 'active', 'demoted', 'retired')),
        pinned boolean not null,
        successes integer not null,
        failures integer not null,
        recent text[] not null,
        created_at timestamptz not null,
        updated_at timestamptz not null,
        unique (signature, recovery_key)
      )`);
  }

  override down(): void {
    this.addSql(`drop table if exists decisions`);
    this.addSql(`drop table if exists recovery_rules`);
    this.addSql(`drop index if exists recovery_proposals_unsettled`);
    this.addSql(`alter table recovery_proposals drop column if exists outcome`);
    this.addSql(`drop index if exists agents_above_basic`);
  }
}
