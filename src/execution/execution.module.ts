import { Module } from '@nestjs/common';
import { AgentsModule } from '../agents/agents.module.js';
import { WorkflowsModule } from '../workflows/workflows.module.js';
import { PostgresStandingRuns } from './adaptations/adapters/postgres-standing-runs.js';
import { RunAdaptations } from './adaptations/run-adaptations.service.js';
import { StandingRuns } from './adaptations/standing-runs.port.js';
import { StoredAgentLoad, StoredRunPlans, StoredTaskHistory } from './adapters/contributions.js';
import { PgBossRunQueue } from './adapters/pg-boss-run-queue.js';
import { PostgresEngineStore } from './adapters/postgres-engine-store.js';
import { PostgresOwnersStore } from './adapters/postgres-owners-store.js';
import { PostgresRunsStore } from './adapters/postgres-runs-store.js';
import { AgentTasksController } from './agent-tasks.controller.js';
import { EngineStore } from './engine-store.port.js';
import { AttemptServices } from './engine/attempt-services.js';
import { Checkpointer } from './engine/checkpointer.js';
import { EngineHealthCheck } from './engine/engine.health-check.js';
import { EngineMetrics } from './engine/engine-metrics.js';
import { EngineResources } from './engine/engine-resources.js';
import { Engine } from './engine/engine.service.js';
import { Liveness } from './engine/liveness.js';
import { ProcessIdentity } from './engine/process-identity.js';
import { RunWorker } from './engine/run-worker.js';
import { TakeOver } from './engine/take-over.js';
import { OwnersStore } from './owners-store.port.js';
import { RunEventsController } from './run-events.controller.js';
import { RunQueue } from './run-queue.port.js';
import { RunEventsService } from './run-events.service.js';
import { RunInputs } from './run-inputs.service.js';
import { RunStarts } from './run-starts.service.js';
import { RunWatcher } from './run-watcher.js';
import { RunsController } from './runs.controller.js';
import { RunsService } from './runs.service.js';
import { RunsStore } from './runs-store.port.js';
import { PostgresSchedulesStore } from './schedules/adapters/postgres-schedules.store.js';
import { ScheduleClock } from './schedules/schedule-clock.service.js';
import { ScheduleFires } from './schedules/schedule-fires.service.js';
import { SchedulesController } from './schedules/schedules.controller.js';
import { SchedulesService } from './schedules/schedules.service.js';
import { SchedulesStore } from './schedules/schedules.store.port.js';
import { SignalsService } from './signals.service.js';
import { DelegationService } from './delegation.service.js';
import { RunAssignments } from './run-assignments.service.js';
import { RunFamily } from './adapters/run-family.js';
import { BacklogMetrics } from './backlog/backlog-metrics.js';
import { ChildRuns } from './child-runs.service.js';
import { TaskActionsController } from './task-actions.controller.js';
import { TaskSignalsService } from './task-signals.service.js';
import { TasksController } from './tasks.controller.js';
import { PostgresRecoveryRecords } from './recoveries/adapters/postgres-recovery-records.js';
import { RecoveryRecords } from './recoveries/recovery-records.port.js';
import { RetentionStore } from './retention/retention-store.port.js';
import { PostgresRetentionStore } from './retention/adapters/postgres-retention-store.js';
import { Retention } from './retention/retention.service.js';
import { FreedPermits } from './permits/freed-permits.js';
import { PermitGrants } from './permits/permit-grants.service.js';
import { Permits } from './permits/permits.service.js';
import { PermitsStore } from './permits/permits-store.port.js';
import { PostgresPermitsStore } from './permits/adapters/postgres-permits-store.js';
import { RunTraces } from './traces/run-traces.js';
import { TraceNames } from './traces/trace-names.js';
import { WebhooksModule } from './webhooks/webhooks.module.js';

/** Runs and the engine that executes them. */
@Module({
  imports: [AgentsModule, WorkflowsModule, WebhooksModule],
  controllers: [
    RunsController,
    RunEventsController,
    TasksController,
    TaskActionsController,
    AgentTasksController,
    SchedulesController,
  ],
  providers: [
    { provide: RunQueue, useClass: PgBossRunQueue },
    { provide: EngineStore, useClass: PostgresEngineStore },
    { provide: OwnersStore, useClass: PostgresOwnersStore },
    { provide: RunsStore, useClass: PostgresRunsStore },
    { provide: RetentionStore, useClass: PostgresRetentionStore },
    { provide: SchedulesStore, useClass: PostgresSchedulesStore },
    StoredTaskHistory,
    StoredAgentLoad,
    { provide: StandingRuns, useClass: PostgresStandingRuns },
    RunAdaptations,
    StoredRunPlans,
    RunFamily,
    { provide: PermitsStore, useClass: PostgresPermitsStore },
    FreedPermits,
    Permits,
    PermitGrants,
    ChildRuns,
    ProcessIdentity,
    TraceNames,
    RunTraces,
    EngineMetrics,
    BacklogMetrics,
    AttemptServices,
    Checkpointer,
    EngineResources,
    RunWorker,
    Liveness,
    TakeOver,
    Engine,
    EngineHealthCheck,
    { provide: RecoveryRecords, useClass: PostgresRecoveryRecords },
    Retention,
    RunWatcher,
    RunsService,
    RunEventsService,
    RunInputs,
    RunAssignments,
    RunStarts,
    SignalsService,
    TaskSignalsService,
    DelegationService,
    SchedulesService,
    ScheduleFires,
    ScheduleClock,
  ],
  exports: [
    RunsService,
    RunStarts,
    SignalsService,
    TaskSignalsService,
    DelegationService,
    RunWatcher,
    RecoveryRecords,
    RunAdaptations,
  ],
})
export class ExecutionModule {}
