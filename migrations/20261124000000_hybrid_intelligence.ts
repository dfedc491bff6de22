import { Migration } from '@mikro-orm/migrations';

/** Models beside the base system: what was planned, asked, answered and paid. Adds only; what is there works as before. */
export class Migration20261124000000_hybrid_intelligence extends Migration {
  override up(): void {
    this.addSql(`
      alter table agents
        add intelligence_level text not null default 'basic'
          check (intelligence_level in ('basic', 'adaptive', 'intelligent', 'autonomous')),
        add execution_mode text not null default 'strict'
          check (execution_mode in ('strict', 'adaptive', 'creative')),
        add llm_calls_count bigint not null default 0,
        add llm_cost_spent bigint not null default 0`);

    this.addSql(`
      create table workflow_plans (
        id uuid primary key,
        workflow_id uuid not null references workflows (id) on delete cascade,
        run_id uuid,
        version integer not null,
        origin text not null check (origin in ('rules', 'model', 'manual', 'import', 'adaptation')),
        source text not null,
        status text not null default 'draft' check (status in ('draft', 'approved', 'rejected', 'superseded')),
        plan_data jsonb not null,
        content_hash text not null,
        cost_nano bigint not null default 0,
        created_at timestamptz not null default now(),
        unique (workflow_id, version)
      )`);

    // One row a model call, written before it goes out: until it is settled it holds its upper bound in the budgets of
    // its scopes. History keeps its ids without foreign keys.
    this.addSql(`
      create table llm_interactions (
        id uuid primary key,
        call_id uuid not null,
        attempt integer not null,
        agent_id uuid,
        workflow_id uuid,
        run_id uuid,
        task_id uuid,
        scopes text[] not null,
        interaction_type text not null,
        provider text not null,
        model text not null,
        prompt_version text not null,
        price_version text not null,
        bound_nano bigint not null check (bound_nano >= 0),
        created_at timestamptz not null default now(),
        expires_at timestamptz not null,
        settled_at timestamptz,
        outcome text,
        cost_nano bigint not null default 0,
        input_tokens bigint,
        cached_input_tokens bigint,
        cache_write_tokens bigint,
        output_tokens bigint,
        reasoning_tokens bigint,
        latency_ms integer,
        request_id text,
        prompt jsonb,
        response text
      ) with (fillfactor = 80)`);
    // Cost of runs and tasks; GET /llm/interactions by run, task, agent, workflow.
    this.addSql(
      `create index llm_interactions_run_id on llm_interactions (run_id, id) where run_id is not null`,
    );
    this.addSql(
      `create index llm_interactions_task_id on llm_interactions (task_id) where task_id is not null`,
    );
    this.addSql(
      `create index llm_interactions_agent_id on llm_interactions (agent_id, id) where agent_id is not null`,
    );
    this.addSql(
      `create index llm_interactions_workflow_id on llm_interactions (workflow_id, id) where workflow_id is not null`,
    );
    // Retention.
    this.addSql(`create index llm_interactions_created_at on llm_interactions (created_at)`);

    // 'total', 'workflow:<id>', 'run:<id>' or 'agent:<id>'. A limit of null: that of the deployment, or none.
    this.addSql(`
      create table budgets (
        scope text primary key,
        limit_nano bigint check (limit_nano >= 0),
        spent_nano bigint not null default 0,
        reserved_nano bigint not null default 0,
        overrun_nano bigint not null default 0,
        refused_count bigint not null default 0,
        period text not null default 'none' check (period in ('none', 'day', 'month')),
        period_start timestamptz,
        period_base_nano bigint not null default 0,
        closed_at timestamptz
      ) with (fillfactor = 50)`);
    this.addSql(`insert into budgets (scope) values ('total')`);

    // The reaper: calls nobody settled in time.
    this.addSql(
      `create index llm_interactions_open on llm_interactions (expires_at) where settled_at is null`,
    );

    // Answers of models, by the hash of everything that shaped them; shared by all processes.
    this.addSql(`
      create table llm_cache (
        key text primary key,
        function_name text not null,
        answer jsonb not null,
        interaction_id uuid,
        created_at timestamptz not null default now(),
        expires_at timestamptz not null
      )`);
    this.addSql(`create index llm_cache_expires_at on llm_cache (expires_at)`);
    // Who is asking now, so that two processes rarely pay for the same answer.
    this.addSql(`
      create table llm_cache_leases (
        key text primary key,
        owner uuid not null,
        expires_at timestamptz not null
      )`);
  }

  override down(): void {
    this.addSql(`drop table llm_cache_leases`);
    this.addSql(`drop table llm_cache`);
    this.addSql(`drop table budgets`);
    this.addSql(`drop table llm_interactions`);
    this.addSql(`drop table workflow_plans`);
    this.addSql(`
      alter table agents
        drop intelligence_level, drop execution_mode, drop llm_calls_count, drop llm_cost_spent`);
  }
}
