import { CacheModule } from '@nestjs/cache-manager';
import { Module } from '@nestjs/common';
import { AgentsModule } from '../agents/agents.module.js';
import { ExecutionModule } from '../execution/execution.module.js';
import { WorkflowsModule } from '../workflows/workflows.module.js';
import { PostgresAnswerCountsStore } from './answers/adapters/postgres-answer-counts.store.js';
import { AnswerCountsStore } from './answers/answer-counts-store.port.js';
import { AnswerCounts } from './answers/answer-counts.service.js';
import { LedgerStatements } from './budget/adapters/ledger-statements.js';
import { PostgresLedgerStore } from './budget/adapters/postgres-ledger.store.js';
import { BudgetsController } from './budget/budgets.controller.js';
import { Budgets } from './budget/budgets.service.js';
import { LedgerStore } from './budget/ledger.port.js';
import { DefinitionCost } from './budget/definition-cost.js';
import { StartAdmission } from './budget/start-admission.js';
import { StoredLimits } from './budget/stored-limits.js';
import { Ledger } from './budget/ledger.service.js';
import { PostgresCacheStore } from './cache/adapters/postgres-cache.store.js';
import { CacheMetrics } from './cache/cache-metrics.js';
import { CacheStore } from './cache/cache-store.port.js';
import { boundedMemoryStore, MemoryCache } from './cache/memory-cache.js';
import { AnswerCache } from './cache/answer-cache.service.js';
import { Asker } from './calls/asker.service.js';
import { Attempts } from './calls/attempt.js';
import { ModelCalls } from './calls/model-calls.service.js';
import { ModelGuards } from './calls/model-guards.js';
import { Catalogue } from './catalogue.service.js';
import { FunctionRegistry } from './functions/function.registry.js';
import { RunSummaries } from './functions/summarise-run/run-summaries.service.js';
import { SummariseRun } from './functions/summarise-run/summarise-run.function.js';
import { PostgresInteractionsStore } from './interactions/adapters/postgres-interactions.store.js';
import { InteractionsStore } from './interactions/interactions-store.port.js';
import { Interactions } from './interactions/interactions.service.js';
import { StoredRunCost } from './interactions/stored-run-cost.js';
import { GateExplanations } from './gate-explanations.service.js';
import { LlmController } from './llm.controller.js';
import { LlmService } from './llm.service.js';
import { ModelChecks } from './model-checks.js';
import { AnthropicProvider } from './providers/anthropic/anthropic.provider.js';
import { DisabledProvider } from './providers/disabled/disabled.provider.js';
import { GoogleProvider } from './providers/google/google.provider.js';
import { OpenAiCompatibleProvider } from './providers/openai-compatible/openai-compatible.provider.js';
import { OpenAiProvider } from './providers/openai/openai.provider.js';
import { ProviderRegistry } from './providers/provider.registry.js';
import { ScriptedProvider } from './providers/scripted/scripted.provider.js';
import { RedactionModule } from './redaction/redaction.module.js';
import { RunModelsController } from './run-models.controller.js';
import { LlmExtractTask } from './task-types/llm-extract.task.js';
import { LlmGenerateTask } from './task-types/llm-generate.task.js';
import { Upkeep, UpkeepStores } from './upkeep.service.js';
import { ModelTasks } from './task-types/model-task.js';

const PROVIDERS = [
  AnthropicProvider,
  DisabledProvider,
  GoogleProvider,
  OpenAiCompatibleProvider,
  OpenAiProvider,
  ScriptedProvider,
];

/** Models: who has them, what is asked and answered, what it costs and may cost. */
@Module({
  imports: [
    AgentsModule,
    WorkflowsModule,
    ExecutionModule,
    RedactionModule,
    CacheModule.registerAsync({ useFactory: () => ({ stores: [boundedMemoryStore()] }) }),
  ],
  controllers: [LlmController, BudgetsController, RunModelsController],
  providers: [
    ...PROVIDERS,
    ProviderRegistry,
    FunctionRegistry,
    LedgerStatements,
    { provide: LedgerStore, useClass: PostgresLedgerStore },
    Ledger,
    { provide: AnswerCountsStore, useClass: PostgresAnswerCountsStore },
    AnswerCounts,
    UpkeepStores,
    Upkeep,
    Budgets,
    StoredLimits,
    DefinitionCost,
    StartAdmission,
    { provide: InteractionsStore, useClass: PostgresInteractionsStore },
    Interactions,
    StoredRunCost,
    MemoryCache,
    { provide: CacheStore, useClass: PostgresCacheStore },
    CacheMetrics,
    AnswerCache,
    ModelGuards,
    Attempts,
    ModelCalls,
    Asker,
    LlmService,
    GateExplanations,
    ModelChecks,
    Catalogue,
    SummariseRun,
    RunSummaries,
    ModelTasks,
    LlmGenerateTask,
    LlmExtractTask,
  ],
  exports: [
    ...[LlmService, GateExplanations, ProviderRegistry],
    // What monitoring reads.
    ...[AnswerCounts, Budgets, Catalogue, FunctionRegistry, Ledger],
  ],
})
export class LlmModule {}
