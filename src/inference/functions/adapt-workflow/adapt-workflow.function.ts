import type { z } from 'zod';
import type { Issue } from '../../../common/issue.js';
import type { JsonValue } from '../../../common/json.js';
import type {
  FromAnswer,
  IntelligenceFunctionDefinition,
  Prompt,
  Verdicts,
} from '../../../llm/functions/intelligence-function.js';
import { IntelligenceFunction } from '../../../llm/functions/intelligence-function.decorator.js';
import { availabilityOf } from '../../../tasks/domain/registered-task-type.js';
import { TaskTypeRegistry } from '../../../tasks/task-type.registry.js';
import {
  ADAPTATION_ACTIONS,
  type AdaptationAction,
  type AdaptationAnswer,
  type ChangeRules,
} from '../../domain/adaptation/adaptation.js';
import { adaptByRules, isSolvedByRules } from '../../domain/adaptation/adaptation-twin.js';
import { applyChanges } from '../../domain/adaptation/apply-changes.js';
import { holdsBack } from '../../domain/adaptation/holds-back.js';
import { mayDo } from '../../domain/policy.js';
import type { RunPatch } from '../../../workflows/domain/run-patch.js';
import { verdictsOf } from '../../domain/verdicts.js';
import { type AdaptationQuestion, adaptationQuestionSchema, adaptationSchema } from './adaptation.schemas.js';
import { answerSchemaFor, MAX_CHANGES, readAdaptation } from './adaptation-answer.js';
import { renderAdaptationPrompt, type ShownType } from './adaptation-prompt.js';

const MAX_TYPES = 60;

/** What to change of the rest of a run, out of a closed set. */
@IntelligenceFunction()
export class AdaptWorkflow implements IntelligenceFunctionDefinition<AdaptationQuestion, AdaptationAnswer> {
  readonly name = 'adapt-workflow';
  readonly feature = 'dynamic_inference';
  readonly inputSchema = adaptationQuestionSchema;
  readonly outputSchema = adaptationSchema;
  readonly examples: readonly AdaptationQuestion[] = [
    {
      ...{
        scenario: 'adaptation',
        intelligenceLevel: 'intelligent',
        executionMode: 'adaptive',
        assisted: true,
      },
      goal: 'Greets.',
      conditions: {
        agentsGone: ['a1'],
        taskTypesDisabled: [],
        deadlineSeconds: null,
        budgetUsd: null,
        other: {},
      },
      definition: {
        tasks: [
          { taskId: 'greet', taskType: 'text.render', parameters: { template: 'Hello' }, dependencies: [] },
        ],
      },
      places: [{ status: 'pending', agentId: 'a1', seconds: 1, costUsd: '0.000000000' }],
      agents: [
        { id: 'a1', name: 'Ada', capabilities: ['*'], isActive: false, maxConcurrentTasks: null },
        { id: 'a2', name: 'Bea', capabilities: ['text.*'], isActive: true, maxConcurrentTasks: null },
      ],
    },
  ];
  readonly limits = { maxInputBytes: 262_144, maxOutputTokens: 6_000 };
  readonly prompt = {
    template: 'adapt-workflow',
    version: 1,
    render: (question: AdaptationQuestion): Prompt =>
      renderAdaptationPrompt(question, allowedActions(question), this.shownTypes()),
  };

  constructor(private readonly types: TaskTypeRegistry) {}

  answerSchema(question: AdaptationQuestion): z.ZodType {
    const able = question.agents.filter(({ isActive }) => isActive).map(({ id }) => id);
    return answerSchemaFor(allowedActions(question), able);
  }

  fromAnswer(answer: JsonValue): FromAnswer {
    const output = readAdaptation(answer);
    const { changes } = (output ?? {}) as { readonly changes?: unknown };
    return Array.isArray(changes) && changes.length > MAX_CHANGES
      ? {
          issues: [
            {
              code: 'too_many_changes',
              pointer: '/changes',
              message: `At most ${MAX_CHANGES} changes at once.`,
            },
          ],
        }
      : { output };
  }

  verdicts(question: AdaptationQuestion): Verdicts {
    const { scenario, intelligenceLevel, assisted } = question;
    const knownRule = isSolvedByRules(question, this.rules) ? 'Rules know what to do about all of it.' : null;
    const assistedRecoveries = { ofTask: 0, ofRun: 0 };
    return verdictsOf({ scenario, intelligenceLevel, assisted, knownRule, assistedRecoveries });
  }

  validate({ changes }: AdaptationAnswer, question: AdaptationQuestion): readonly Issue[] {
    const applied = applyChanges(question, changes, this.rules);
    return 'issues' in applied ? applied.issues : [];
  }

  /** Of an answer that passes `validate`. */
  patch(question: AdaptationQuestion, { changes }: AdaptationAnswer): RunPatch {
    const applied = applyChanges(question, changes, this.rules);
    if ('issues' in applied)
      throw new Error(`Changes that were checked do not fit: ${JSON.stringify(applied.issues)}`);
    return applied.patch;
  }

  /** As many changes as it takes. */
  twin(question: AdaptationQuestion): AdaptationAnswer {
    return adaptByRules(question, this.rules);
  }

  private readonly rules: ChangeRules = {
    findTaskType: (name) => this.types.find(name),
    isGate: (task) => holdsBack(task, this.types.find(task.taskType)),
  };

  private shownTypes(): readonly ShownType[] {
    return this.types
      .list()
      .filter((type) => availabilityOf(type).available)
      .slice(0, MAX_TYPES)
      .map(({ name, description, parametersJsonSchema }) => ({
        ...{ name, description, parameters: parametersJsonSchema },
      }));
  }
}

const allowedActions = ({ executionMode }: AdaptationQuestion): readonly AdaptationAction[] =>
  ADAPTATION_ACTIONS.filter((action) => mayDo(action, executionMode));
