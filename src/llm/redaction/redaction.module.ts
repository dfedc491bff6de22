import { Module } from '@nestjs/common';
import { AppConfig } from '../../config/config.js';
import { knownSecrets } from './known-secrets.js';
import { Redactor } from './redactor.js';

/** The redactor that knows the secrets of this process. */
@Module({
  providers: [
    {
      provide: Redactor,
      inject: [AppConfig],
      useFactory: (config: AppConfig) => new Redactor(knownSecrets(config)),
    },
  ],
  exports: [Redactor],
})
export class RedactionModule {}
