import { type DynamicModule, Module } from '@nestjs/common';
import { AuditLog } from '../access/audit/audit-log.service.js';
import { ApiKeyStore } from '../access/keys/api-key.store.js';
import { ApiKeys } from '../access/keys/api-keys.service.js';
import { Pepper } from '../access/keys/pepper.js';
import { CommonModule } from '../common/common.module.js';
import { AppConfigModule } from '../config/app-config.module.js';
import type { AppConfig } from '../config/config.js';
import { DatabaseModule } from '../database/database.module.js';

/** As much of Tandem as making keys needs: it answers nobody and executes nothing. */
@Module({})
export class KeyModule {
  static forRoot(config: AppConfig, databaseUrl: string): DynamicModule {
    return {
      module: KeyModule,
      imports: [
        CommonModule,
        AppConfigModule.forRoot(config),
        DatabaseModule.forRoot({ url: databaseUrl, poolSize: 2 }),
      ],
      providers: [ApiKeys, ApiKeyStore, Pepper, AuditLog],
    };
  }
}
