import { Module } from '@nestjs/common';
import { AppConfig } from '../../config/config.js';
import { DatabaseTarget } from '../../database/database-target.js';
import { knownSecrets } from './known-secrets.js';
import { Redactor } from './redactor.js';

/** The redactor that knows the secrets of this process. */
@Module({
  providers: [
    {
      provide: Redactor,
      inject: [AppConfig, DatabaseTarget],
      useFactory: (config: AppConfig, { url }: DatabaseTarget) => new Redactor(knownSecrets(config, url)),
    },
  ],
  exports: [Redactor],
})
export class RedactionModule {}
