import { Module } from '@nestjs/common';
import { AgentsModule } from '../agents/agents.module.js';
import { ExecutionModule } from '../execution/execution.module.js';
import { LlmModule } from '../llm/llm.module.js';
import { WorkflowsModule } from '../workflows/workflows.module.js';
import { EffectivePolicies } from './effective-policies.js';

import { AdaptationPlans } from './adaptations/adaptation-plans.service.js';
import { AdaptationQuestions } from './adaptations/adaptation-questions.service.js';
import { AdaptationsController } from './adaptations/adaptations.controller.js';
import { AutomaticAdaptations } from './adaptations/automatic-adaptations.service.js';
import { Adaptations } from './adaptations/adaptations.service.js';
import { AdaptWorkflow } from './functions/adapt-workflow/adapt-workflow.function.js';
import { PostgresDecisionsStore } from './decisions/adapters/postgres-decisions.store.js';
import { DecisionsController } from './decisions/decisions.controller.js';
import { Decisions } from './decisions/decisions.service.js';
import { DecisionsStore } from './decisions/decisions.store.port.js';
import { MakeDecision } from './functions/make-decision/make-decision.function.js';
import { DecisionChooseTask } from './task-types/decision-choose.task.js';
import { Evaluations } from './gate/evaluations.service.js';
import { InferenceController } from './inference.controller.js';
import { DescribedRecoveries } from './recoveries/described-recoveries.service.js';
import { RecoveryStrategies } from './recoveries/recovery-strategies.service.js';
import { HelpedAgents } from './helped-agents.js';
import { GetRecoveryStrategy } from './functions/get-recovery-strategy/get-recovery-strategy.function.js';
import { PostgresRecoveryRulesStore } from './rules/adapters/postgres-recovery-rules.store.js';
import { RecoveryRulesController } from './rules/recovery-rules.controller.js';
import { RecoveryRuleEdits } from './rules/recovery-rule-edits.service.js';
import { RecoveryRules } from './rules/recovery-rules.service.js';
import { RecoveryRulesStore } from './rules/recovery-rules.store.port.js';
import { RecoveryAdvice } from './recoveries/recovery-advice.js';
import { RecoveryQuestions } from './recoveries/recovery-questions.service.js';

/** What models may do to a run that is going on: recover, decide, adapt. */
@Module({
  imports: [AgentsModule, WorkflowsModule, ExecutionModule, LlmModule],
  controllers: [InferenceController, RecoveryRulesController, DecisionsController, AdaptationsController],
  providers: [
    { provide: RecoveryRulesStore, useClass: PostgresRecoveryRulesStore },
    RecoveryRuleEdits,
    RecoveryRules,
    RecoveryStrategies,
    DescribedRecoveries,
    Evaluations,
    { provide: DecisionsStore, useClass: PostgresDecisionsStore },
    MakeDecision,
    AdaptWorkflow,
    AdaptationQuestions,
    AdaptationPlans,
    Adaptations,
    AutomaticAdaptations,
    Decisions,
    DecisionChooseTask,
    EffectivePolicies,
    HelpedAgents,
    GetRecoveryStrategy,
    RecoveryQuestions,
    RecoveryAdvice,
  ],
})
export class InferenceModule {}
