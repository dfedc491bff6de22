import { Migration } from '@mikro-orm/migrations';

/** The base system: agents, workflows, runs, tasks, events, signals. Nothing of intelligence. */
export class Migration20261122000000_base extends Migration {
  override up(): void {
    this.addSql(`
      create table agents (
        id uuid primary key,
        name text not null,
        description text not null default '',
        capabilities text[] not null default '{}',
        parent_agent_id uuid references agents (id),
        status text not null default 'active' check (status in ('active', 'paused', 'retired')),
        llm_config jsonb,
        created_at timestamptz not null default now(),
        updated_at timestamptz not null default now()
      )`);
    this.addSql(`create index agents_parent_agent_id on agents (parent_agent_id)`);

    this.addSql(`
      create table workflows (
        id uuid primary key,
        name text not null,
        description text not null default '',
        owner_agent_id uuid not null references agents (id),
        status text not null default 'active' check (status in ('active', 'archived')),
        definition jsonb,
        definition_version integer not null default 0,
        settings jsonb not null default '{}',
        created_at timestamptz not null default now(),
        updated_at timestamptz not null default now()
      )`);
    this.addSql(`create index workflows_owner_agent_id on workflows (owner_agent_id)`);

    // A run outlives its workflow and its agent: history keeps their ids without a foreign key.
    this.addSql(`
      create table runs (
        id uuid primary key,
        workflow_id uuid,
        agent_id uuid,
        retry_of_run_id uuid,
        assisted boolean not null default false,
        status text not null check (status in
          ('queued', 'running', 'waiting', 'paused', 'compensating', 'succeeded', 'failed', 'cancelled')),
        reason text,
        definition jsonb not null,
        input jsonb,
        output jsonb,
        event_count integer not null default 0,
        owner_id uuid,
        epoch bigint not null default 0,
        signal_seq bigint not null default 0,
        job_id uuid,
        job_attempt integer,
        wake_at timestamptz,
        deadline_at timestamptz,
        fruitless_claims integer not null default 0,
        created_at timestamptz not null default now(),
        started_at timestamptz,
        finished_at timestamptz
      ) with (fillfactor = 70)`);
    // GET /runs?workflowId=
    this.addSql(`create index runs_workflow_id on runs (workflow_id, id) where workflow_id is not null`);
    // Sweeper, agent load, refusing a delete: the runs that have not ended.
    this.addSql(`create index runs_live on runs (id) where finished_at is null`);
    // Take-over: the runs of a process that went silent.
    this.addSql(`create index runs_owner_id on runs (owner_id) where owner_id is not null`);

    this.addSql(`
      create table tasks (
        id uuid primary key,
        run_id uuid not null references runs (id) on delete cascade,
        task_id text not null,
        position integer not null,
        task_type text not null,
        agent_id uuid,
        parent_task_id uuid,
        status text not null default 'pending' check (status in
          ('pending', 'ready', 'running', 'recovering', 'waiting', 'succeeded', 'failed', 'skipped', 'cancelled', 'unknown')),
        attempt integer not null default 0,
        failed_attempts integer not null default 0,
        parameters jsonb not null,
        effect text check (effect in ('none', 'idempotent', 'irreversible')),
        result jsonb,
        has_payload boolean not null default false,
        error jsonb,
        source text,
        waiting_for text check (waiting_for in ('person', 'timer', 'childRun', 'children', 'retry')),
        wait jsonb,
        wake_at timestamptz,
        ready_at timestamptz,
        started_at timestamptz,
        finished_at timestamptz,
        unique (run_id, task_id)
      ) with (fillfactor = 50)`);
    // GET /tasks?waitingFor=person, the inbox. On waiting_for only, so that other status changes stay HOT updates.
    this.addSql(`create index tasks_waiting_for on tasks (waiting_for, id) where waiting_for is not null`);

    // The three tables below are written on the hot path: no foreign keys, whoever deletes a run deletes its rows.
    // Results over 32 kB, kept out of the task rows that lists read.
    this.addSql(`
      create table task_payloads (
        task_id uuid primary key,
        value jsonb not null
      )`);

    this.addSql(`
      create table run_events (
        run_id uuid not null,
        sequence integer not null,
        type text not null,
        task_id text,
        at timestamptz not null,
        data jsonb not null default '{}',
        primary key (run_id, sequence)
      )`);

    this.addSql(`
      create table run_signals (
        run_id uuid not null,
        sequence bigint not null,
        kind text not null,
        task_id uuid,
        payload jsonb not null default '{}',
        created_at timestamptz not null default now(),
        applied_at timestamptz,
        primary key (run_id, sequence)
      )`);
    this.addSql(`create index run_signals_unapplied on run_signals (run_id) where applied_at is null`);

    // Tandem processes on this database; each also holds the session advisory lock lock_key.
    this.addSql(`
      create table processes (
        id uuid primary key,
        lock_key bigint not null,
        host text not null,
        pid integer not null,
        started_at timestamptz not null default clock_timestamp(),
        beat_at timestamptz not null default clock_timestamp()
      )`);

    this.addSql(`
      create table idempotency_keys (
        scope text primary key,
        body_hash text not null,
        status integer not null,
        headers jsonb not null default '{}',
        body jsonb,
        created_at timestamptz not null default now()
      )`);
    this.addSql(`create index idempotency_keys_created_at on idempotency_keys (created_at)`);
  }

  override down(): void {
    for (const table of [
      'idempotency_keys',
      'processes',
      'run_signals',
      'run_events',
      'task_payloads',
      'tasks',
      'runs',
      'workflows',
      'agents',
    ]) {
      this.addSql(`drop table if exists ${table}`);
    }
  }
}
