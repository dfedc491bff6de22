import { Migration } from '@mikro-orm/migrations';

/** A request whose work leaves the process is claimed first, and answered in another transaction. */
export class Migration20261125010000_idempotency_claims extends Migration {
  override up(): void {
    this.addSql(`alter table idempotency_keys add column claimed_until timestamptz`);
  }

  override down(): void {
    this.addSql(`delete from idempotency_keys where claimed_until is not null`);
    this.addSql(`alter table idempotency_keys drop column if exists claimed_until`);
  }
}
