import { type DynamicModule, Global, Module } from '@nestjs/common';
import { AppConfig } from '../config/config.js';
import { describeFeatures } from '../config/describe-features.js';
import { type FeatureName } from '../config/domain/features.js';
import { OpenFeatureFlags } from './adapters/open-feature-flags.js';
import { PostgresFlagProvider } from './adapters/postgres-flag.provider.js';
import { FeatureViews } from './feature-views.service.js';
import { FeaturesController } from './features.controller.js';
import { Features } from './features.service.js';
import { Flags } from './flags.port.js';
import { PostgresSwitchStore } from './switches/adapters/postgres-switch.store.js';
import { SwitchBoard } from './switches/switch-board.js';
import { SwitchStore } from './switches/switch-store.port.js';
import { Switches } from './switches/switches.service.js';

/** Switches of the system. `available`: the features this build contains something of. */
@Global()
@Module({ controllers: [FeaturesController] })
export class FeaturesModule {
  static forRoot(available: readonly FeatureName[]): DynamicModule {
    return {
      module: FeaturesModule,
      providers: [
        {
          provide: Features,
          inject: [AppConfig, Flags],
          useFactory: (config: AppConfig, flags: Flags) =>
            new Features(describeFeatures(config, available), flags),
        },
        { provide: SwitchStore, useClass: PostgresSwitchStore },
        { provide: Flags, useExisting: OpenFeatureFlags },
        ...[FeatureViews, OpenFeatureFlags, PostgresFlagProvider, SwitchBoard, Switches],
      ],
      exports: [Features],
    };
  }
}
