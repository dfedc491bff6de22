import { type DynamicModule, Module, type ModuleMetadata } from '@nestjs/common';
import { APP_GUARD, APP_INTERCEPTOR } from '@nestjs/core';
import { AccessModule } from './access/access.module.js';
import { AgentsModule } from './agents/agents.module.js';
import { CommonModule } from './common/common.module.js';
import { DrainingGuard } from './common/http/draining.guard.js';
import { QueryInterceptor } from './common/http/query.interceptor.js';
import { AppConfigModule } from './config/app-config.module.js';
import type { AppConfig } from './config/config.js';
import { FEATURES } from './config/domain/features.js';
import { DatabaseModule } from './database/database.module.js';
import { ExecutionModule } from './execution/execution.module.js';
import { SampleModule } from './extensions/sample/sample.module.js';
import { FeaturesModule } from './features/features.module.js';
import { InferenceModule } from './inference/inference.module.js';
import { LlmModule } from './llm/llm.module.js';
import { IntelligenceMonitoringModule } from './monitoring/intelligence-monitoring.module.js';
import { MonitoringModule } from './monitoring/monitoring.module.js';
import { PlanningModule } from './planning/planning.module.js';
import { TasksModule } from './tasks/tasks.module.js';
import { WorkflowsModule } from './workflows/workflows.module.js';

export interface AppModuleOptions {
  readonly config: AppConfig;
  /** The database in use: the configured one, or the embedded one that was started. */
  readonly databaseUrl: string;
  /** False: without any module of models, to measure what they cost. Default true. */
  readonly withModels?: boolean;
  /** Modules of other teams, beside those of the base system. */
  readonly modules?: NonNullable<ModuleMetadata['imports']>;
}

@Module({})
export class AppModule {
  static forRoot({ config, databaseUrl, withModels = true, modules = [] }: AppModuleOptions): DynamicModule {
    return {
      module: AppModule,
      imports: [
        CommonModule,
        AppConfigModule.forRoot(config),
        DatabaseModule.forRoot({ url: databaseUrl, poolSize: config.database.poolSize }),
        AccessModule,
        FeaturesModule.forRoot(withModels ? FEATURES : []),
        TasksModule.forRoot({
          fileRoots: { readRoot: config.workspace, dataDirectory: config.dataDirectory },
          httpAllowedHosts: config.httpAllowedHosts,
        }),
        AgentsModule,
        WorkflowsModule,
        ExecutionModule,
        ...(withModels ? [LlmModule, InferenceModule, PlanningModule, IntelligenceMonitoringModule] : []),
        SampleModule,
        MonitoringModule.forRoot(config.log),
        ...modules,
      ],
      providers: [
        { provide: APP_GUARD, useClass: DrainingGuard },
        { provide: APP_INTERCEPTOR, useClass: QueryInterceptor },
      ],
    };
  }
}
