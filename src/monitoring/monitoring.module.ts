import { type DynamicModule, Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { TerminusModule } from '@nestjs/terminus';
import { LoggerModule } from 'nestjs-pino';
import type { AppConfig } from '../config/config.js';
import { RedactionModule } from '../llm/redaction/redaction.module.js';
import { DatabaseHealthCheck } from './database.health-check.js';
import { HealthChecks } from './health-checks.js';
import { HealthController } from './health.controller.js';
import { HttpMetrics } from './http-metrics.js';
import { LifecycleHealthCheck } from './lifecycle.health-check.js';
import { MetricsController } from './metrics.controller.js';
import { ReadinessService } from './readiness.service.js';
import { requestLog } from './request-log.js';
import { TracingService } from './tracing/tracing.service.js';

/** What operators and probes see of this process: health, metrics, logs. */
@Module({})
export class MonitoringModule {
  static forRoot(log: AppConfig['log']): DynamicModule {
    return {
      module: MonitoringModule,
      imports: [
        DiscoveryModule,
        RedactionModule,
        TerminusModule.forRoot({ logger: false }),
        LoggerModule.forRoot(requestLog(log)),
      ],
      controllers: [HealthController, MetricsController],
      providers: [
        HealthChecks,
        ReadinessService,
        DatabaseHealthCheck,
        LifecycleHealthCheck,
        HttpMetrics,
        TracingService,
      ],
    };
  }
}
