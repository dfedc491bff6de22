import { Migration } from '@mikro-orm/migrations';

/** What models may help with while a run is going on. Adds only. */
export class Migration20261126000000_recoveries extends Migration {
  override up(): void {
    // At the start of each process: who may be helped.
    this.addSql(`
      create index agents_above_basic on agents (id) where intelligence_level <> 'basic'`);
  }

  override down(): void {
    this.addSql(`drop index if exists agents_above_basic`);
  }
}
