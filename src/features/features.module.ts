import { Global, Module } from '@nestjs/common';
import { AppConfig } from '../config/config.js';
import { describeFeatures } from '../config/describe-features.js';
import { ConfigFeatures } from './adapters/config-features.js';
import { FeaturesController } from './features.controller.js';
import { Features } from './features.port.js';

@Global()
@Module({
  controllers: [FeaturesController],
  providers: [
    {
      provide: Features,
      inject: [AppConfig],
      useFactory: (config: AppConfig) => new ConfigFeatures(describeFeatures(config)),
    },
  ],
  exports: [Features],
})
export class FeaturesModule {}
