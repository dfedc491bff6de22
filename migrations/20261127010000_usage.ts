import { Migration } from '@mikro-orm/migrations';

/** Who answers what models may be asked: also what costs nothing and is no interaction. Adds only. */
export class Migration20261127010000_usage extends Migration {
  override up(): void {
    this.addSql(`
      create table llm_answers (
        hour timestamptz not null,
        function_name text not null,
        agent_id uuid,
        workflow_id uuid,
        source text not null check (source in ('model', 'cache', 'rule', 'twin')),
        reason text not null,
        answers bigint not null check (answers > 0)
      ) with (fillfactor = 70)`);
    // One row for each; reports and retention read a range of hours.
    this.addSql(`
      create unique index llm_answers_hour on llm_answers
        (hour, function_name, agent_id, workflow_id, source, reason) nulls not distinct`);
  }

  override down(): void {
    this.addSql(`drop table if exists llm_answers`);
  }
}
