/** The extension surface: all that a module of another team may import. See docs/extending.md. */
export type { Issue } from './common/issue.js';
export type { JsonObject, JsonValue } from './common/json.js';
export type { CheckBudget } from './tasks/domain/check-budget.js';
export type { Effect } from './tasks/domain/effect.js';
export type { ErrorRule } from './tasks/domain/classify-failure.js';
export { TaskError, type ErrorClass, type TaskErrorOptions } from './tasks/domain/task-error.js';
export {
  done,
  type Done,
  type TaskOutcome,
  type WaitForPerson,
  type WaitUntil,
} from './tasks/domain/task-outcome.js';
export type {
  Availability,
  ParameterCheck,
  ParameterChecks,
  SubTask,
  TaskContext,
  TaskExample,
  TaskHandler,
  TaskTypeOptions,
} from './tasks/domain/task-type.js';
export { TaskType } from './tasks/task-type.decorator.js';

// For modules that do more than add task types: services of the base system and the modules that export them.
export { AgentChangesService } from './agents/agent-changes.service.js';
export { AgentsModule } from './agents/agents.module.js';
export { SAMPLE_AGENT_ID } from './agents/agents.schemas.js';
export { AgentsService } from './agents/agents.service.js';
export { ConflictError } from './common/tandem-error.js';
export { UnitOfWork, type Statement } from './database/unit-of-work.js';
export { ExecutionModule } from './execution/execution.module.js';
export { RunStarts } from './execution/run-starts.service.js';
export { RunWatcher } from './execution/run-watcher.js';
export type { RunView } from './execution/runs.schemas.js';
export { RunsService } from './execution/runs.service.js';
export { SignalsService } from './execution/signals.service.js';
export { TaskSignalsService } from './execution/task-signals.service.js';
export { WorkflowChangesService } from './workflows/workflow-changes.service.js';
export { WorkflowsModule } from './workflows/workflows.module.js';
export { SAMPLE_WORKFLOW_ID } from './workflows/workflow.js';

// For modules that bring providers of models, or functions that ask them and have a twin.
export type { ModelDescription, PriceTier, TokenPrices } from './llm/domain/model-price.js';
export { ModelError, type ModelErrorOptions, type ModelFailureKind } from './llm/domain/model-failure.js';
export type {
  FinishReason,
  ModelMessage,
  ModelRequest,
  ModelResult,
  RequestedOutput,
} from './llm/domain/model-request.js';
export type {
  IntelligenceFunctionDefinition,
  Prompt,
  Verdicts,
} from './llm/functions/intelligence-function.js';
export type { TokenUsage } from './llm/domain/token-usage.js';
export { IntelligenceFunction } from './llm/functions/intelligence-function.decorator.js';
export { LlmModule } from './llm/llm.module.js';
export { type FunctionAnswer, type FunctionContext, LlmService } from './llm/llm.service.js';
export {
  type LanguageModel,
  type LanguageModelProvider,
  LlmProvider,
  type LlmProviderOptions,
  type ProviderAvailability,
} from './llm/providers/language-model-provider.js';

// For modules that bring planners, or make plans.
export type { CatalogueEntry, PlanningAgent } from './planning/domain/catalogue-entry.js';
export {
  Planner,
  type PlannerOptions,
  type PlanningTask,
  type PlanProvenance,
  type Proposal,
  type WorkflowPlanner,
} from './planning/planner.js';
export { PlanningModule } from './planning/planning.module.js';
export type { PlanOrder } from './planning/plan-maker.service.js';
export { PlanningService } from './planning/planning.service.js';
export type { ParameterHint, PlanningHints } from './tasks/domain/planning-hints.js';
export type { Definition, TaskDefinition } from './workflows/domain/definition.js';
export { asPlainText } from './workflows/domain/plain-text.js';
export type { PlanConstraints } from './workflows/domain/plan-constraints.js';
export type { Plan, PlanAlternative, PlanDiagnostic } from './workflows/domain/plan.js';

// For modules that keep the switches of features elsewhere.
export { Contributes } from './common/ports.js';
export { FLAG_PROVIDER, type FlagProvider } from './features/flag-provider.port.js';
