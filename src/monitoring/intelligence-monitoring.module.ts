import { Module } from '@nestjs/common';
import { LlmModule } from '../llm/llm.module.js';
import { PostgresUsageStore } from './adapters/postgres-usage.store.js';
import { BudgetGauges } from './budget-gauges.js';
import { IntelligenceMetrics } from './intelligence-metrics.service.js';
import { IntelligenceController } from './intelligence.controller.js';
import { ModelInstruments } from './model-instruments.js';
import { ModelLabels } from './model-labels.js';
import { UsageStore } from './usage-store.port.js';

/** What operators see of models and money. */
@Module({
  imports: [LlmModule],
  controllers: [IntelligenceController],
  providers: [
    { provide: UsageStore, useClass: PostgresUsageStore },
    ModelLabels,
    ModelInstruments,
    IntelligenceMetrics,
    BudgetGauges,
  ],
})
export class IntelligenceMonitoringModule {}
