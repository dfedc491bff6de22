import { Migration } from '@mikro-orm/migrations';

/** Switches that are turned while the system works, and who turned them. Adds only. */
export class Migration20261127000000_switches extends Migration {
  override up(): void {
    // For tables whose rows say what happened.
    this.addSql(`
      create function refuse_change() returns trigger language plpgsql as $$
      begin
        raise exception 'rows of % are never changed or deleted', tg_table_name using errcode = 'insufficient_privilege';
      end $$`);

    // One row a feature somebody has switched; every process reads all of them twice a second.
    this.addSql(`
      create table feature_switches (
        feature text primary key,
        setting jsonb not null,
        version integer not null,
        changed_by text not null,
        changed_at timestamptz not null
      )`);

    this.addSql(`
      create table feature_changes (
        feature text not null,
        version integer not null,
        before jsonb not null,
        after jsonb not null,
        comment text,
        changed_by text not null,
        changed_at timestamptz not null,
        primary key (feature, version)
      )`);
    this.addSql(`
      create trigger feature_changes_stay before update or delete on feature_changes
        for each row execute function refuse_change()`);
  }

  override down(): void {
    this.addSql('drop table feature_changes, feature_switches');
    this.addSql('drop function refuse_change()');
  }
}
