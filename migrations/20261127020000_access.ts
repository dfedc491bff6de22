import { Migration } from '@mikro-orm/migrations';

/** Who may call, and what was asked for. Adds only. */
export class Migration20261127020000_access extends Migration {
  override up(): void {
    // The secret is not here: `digest` is HMAC-SHA-256 of it.
    this.addSql(`
      create table api_keys (
        id text primary key,
        name text not null,
        digest bytea not null,
        scopes text[] not null,
        created_by text not null,
        created_at timestamptz not null,
        expires_at timestamptz,
        revoked_at timestamptz,
        replaces text,
        last_used_at timestamptz
      )`);

    // `status` null: the request is being handled, or its process died meanwhile.
    this.addSql(`
      create table audit_log (
        id uuid primary key,
        at timestamptz not null,
        caller text not null,
        operation text not null,
        method text not null,
        path text not null,
        request_id text not null,
        status integer
      )`);
    // Lists by caller, latest first.
    this.addSql('create index audit_log_caller on audit_log (caller, id)');
    this.addSql(`
      create function complete_only() returns trigger language plpgsql as $$
      begin
        if tg_op = 'UPDATE' and old.status is null and to_jsonb(new) - 'status' = to_jsonb(old) - 'status' then
          return new;
        end if;
        raise exception 'rows of % are never changed or deleted', tg_table_name using errcode = 'insufficient_privilege';
      end $$`);
    this.addSql(`
      create trigger audit_log_stays before update or delete on audit_log
        for each row execute function complete_only()`);
  }

  override down(): void {
    this.addSql('drop table audit_log, api_keys');
    this.addSql('drop function complete_only()');
  }
}
