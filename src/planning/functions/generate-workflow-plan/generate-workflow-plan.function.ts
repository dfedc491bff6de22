import { z } from 'zod';
import type { Issue } from '../../../common/issue.js';
import type { JsonValue } from '../../../common/json.js';
import type {
  FromAnswer,
  IntelligenceFunctionDefinition,
  Prompt,
  Verdicts,
} from '../../../llm/functions/intelligence-function.js';
import { IntelligenceFunction } from '../../../llm/functions/intelligence-function.decorator.js';
import { TaskTypeRegistry } from '../../../tasks/task-type.registry.js';
import { checkConstraints } from '../../../workflows/domain/check-constraints.js';
import { validateDefinition } from '../../../workflows/domain/validate-definition.js';
import { keptAnswerSchema } from '../../model/answer-schemas.js';
import { readModelPlan } from '../../model/domain/read-model-plan.js';
import { saysNothing } from '../../model/domain/says-nothing.js';
import { PlanningScopes } from '../../planning-scope.service.js';
import { RulesPlanner } from '../../planners/rules.planner.js';
import {
  type PlanAnswer,
  planAnswerSchema,
  type PlanQuestion,
  planQuestionSchema,
} from './plan-question.schemas.js';
import { renderPlanPrompt } from './plan-prompt.js';

const MAX_INPUT_BYTES = 262_144;
const MAX_OUTPUT_TOKENS = 8_000;

/** A workflow plan out of a sentence, over the task types and agents there are. */
@IntelligenceFunction()
export class GenerateWorkflowPlan implements IntelligenceFunctionDefinition<PlanQuestion, PlanAnswer> {
  readonly name = 'generate-workflow-plan';
  readonly feature = 'llm_planning';
  readonly inputSchema = planQuestionSchema;
  readonly outputSchema = planAnswerSchema;
  readonly examples: readonly PlanQuestion[] = [
    {
      request: 'Read package-lock.json, count the packages per licence, then write the result to counts.json',
      constraints: {},
      workflowId: '01920000-0000-7000-8000-000000000002',
      shown: ['data.aggregate', 'file.read', 'file.write', 'human.task'],
      available: ['data.aggregate', 'file.read', 'file.write', 'human.task'],
      agents: [],
      isKnown: false,
    },
  ];
  readonly limits = { maxInputBytes: MAX_INPUT_BYTES, maxOutputTokens: MAX_OUTPUT_TOKENS };
  readonly prompt = {
    template: 'generate-workflow-plan',
    version: 1,
    render: (question: PlanQuestion): Prompt =>
      renderPlanPrompt(question, this.scopes.entriesOf(question.shown)),
  };

  constructor(
    private readonly types: TaskTypeRegistry,
    private readonly scopes: PlanningScopes,
    private readonly rules: RulesPlanner,
  ) {}

  answerSchema({ shown, agents, constraints }: PlanQuestion): z.ZodType {
    return keptAnswerSchema(shown, constraints.agentIds === undefined ? [] : agents.map(({ id }) => id));
  }

  fromAnswer(answer: JsonValue, { request, available, agents, constraints }: PlanQuestion): FromAnswer {
    const catalogue = this.scopes.entriesOf(available);
    const { definition, description, diagnostics, issues } = readModelPlan(answer, {
      ...{ catalogue, agents, request },
      ...(constraints.maxTasks === undefined ? {} : { maxTasks: constraints.maxTasks }),
    });
    if (issues.length > 0) return { issues };
    return { output: { definition, description, diagnostics, confidence: null, alternatives: [] } };
  }

  verdicts({ isKnown }: PlanQuestion): Verdicts {
    return isKnown ? { rule_known: 'Approved plans that ran well say what to do.' } : {};
  }

  validate({ definition: value }: PlanAnswer, { request, constraints, available, agents }: PlanQuestion) {
    const names = new Set(available);
    const { issues, definition } = validateDefinition(value, {
      findTaskType: (name) => (names.has(name) ? this.types.find(name) : undefined),
      taskTypeNames: available,
      ...(agents.length === 0 ? {} : { agents: agents.map((agent) => ({ ...agent, status: 'active' })) }),
    });
    if (definition === null) return issues;
    const empty: readonly Issue[] = saysNothing(definition, request, this.scopes.entriesOf(available));
    return [...empty, ...checkConstraints(definition, constraints, null)];
  }

  twin({ request, constraints, workflowId, available, agents }: PlanQuestion): PlanAnswer {
    const catalogue = this.scopes.entriesOf(available);
    return planAnswerSchema.parse(this.rules.plan({ request, constraints, workflowId, catalogue, agents }));
  }
}
