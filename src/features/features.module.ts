import { type DynamicModule, Global, Module } from '@nestjs/common';
import { AppConfig } from '../config/config.js';
import { describeFeatures, type FeatureName } from '../config/describe-features.js';
import { ConfigFeatures } from './adapters/config-features.js';
import { FeaturesController } from './features.controller.js';
import { Features } from './features.port.js';

/** Switches of the system. `available`: the features this build contains a function of. */
@Global()
@Module({ controllers: [FeaturesController] })
export class FeaturesModule {
  static forRoot(available: readonly FeatureName[]): DynamicModule {
    return {
      module: FeaturesModule,
      providers: [
        {
          provide: Features,
          inject: [AppConfig],
          useFactory: (config: AppConfig) => new ConfigFeatures(describeFeatures(config, available)),
        },
      ],
      exports: [Features],
    };
  }
}
