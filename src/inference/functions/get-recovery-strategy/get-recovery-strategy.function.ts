import type { z } from 'zod';
import { type Issue, prefixIssues } from '../../../common/issue.js';
import { isJsonObject, type JsonObject, type JsonValue } from '../../../common/json.js';
import type {
  FromAnswer,
  IntelligenceFunctionDefinition,
  Prompt,
  Verdicts,
} from '../../../llm/functions/intelligence-function.js';
import { IntelligenceFunction } from '../../../llm/functions/intelligence-function.decorator.js';
import { TaskTypeRegistry } from '../../../tasks/task-type.registry.js';
import { checkAdjustment } from '../../domain/check-adjustment.js';
import {
  givesUp,
  legalActions,
  type Recovery,
  type RecoveryActionName,
  recoveryKey,
} from '../../domain/recovery.js';
import { recoverByRules } from '../../domain/recovery-twin.js';
import { verdictsOf } from '../../domain/verdicts.js';
import { keptAnswerSchema, readRecovery } from './recovery-answer.js';
import { renderRecoveryPrompt } from './recovery-prompt.js';
import { type RecoveryQuestion, recoveryQuestionSchema, recoverySchema } from './recovery.schemas.js';

/** What to do about a failed task, out of a closed set. */
@IntelligenceFunction()
export class GetRecoveryStrategy implements IntelligenceFunctionDefinition<RecoveryQuestion, Recovery> {
  readonly name = 'get-recovery-strategy';
  readonly feature = 'dynamic_inference';
  readonly inputSchema = recoveryQuestionSchema;
  readonly outputSchema = recoverySchema;
  readonly examples: readonly RecoveryQuestion[] = [
    {
      ...{
        scenario: 'error_recovery',
        intelligenceLevel: 'adaptive',
        executionMode: 'adaptive',
        assisted: true,
      },
      task: {
        taskType: 'http.request',
        description: 'Asks the service for its state.',
        parameters: { url: 'https://service.example/health', timeoutSeconds: 5 },
      },
      error: { code: 'http_timeout', class: 'timeout', message: 'No answer within 5 s.' },
      situation: {
        ...{ effect: 'none', optional: false, alternativesLeft: 0, hasCompensation: false },
        ...{ adjustable: ['timeoutSeconds'], agentIds: [] },
      },
      ...{ agents: [], hosts: ['service.example'], tried: [], doubtful: [], knownRule: null },
      assistedRecoveries: { ofTask: 0, ofRun: 0 },
    },
  ];
  readonly limits = { maxInputBytes: 65_536, maxOutputTokens: 1_000 };
  readonly prompt = {
    template: 'get-recovery-strategy',
    version: 1,
    render: (question: RecoveryQuestion): Prompt =>
      renderRecoveryPrompt(question, mayDo(question), this.schemasOf(question)),
  };

  constructor(private readonly types: TaskTypeRegistry) {}

  answerSchema(question: RecoveryQuestion): z.ZodType {
    const { adjustable, agentIds } = question.situation;
    return keptAnswerSchema(mayDo(question), adjustable, agentIds);
  }

  fromAnswer(answer: JsonValue): FromAnswer {
    return { output: readRecovery(answer) };
  }

  verdicts(question: RecoveryQuestion): Verdicts {
    return verdictsOf(question);
  }

  validate(recovery: Recovery, question: RecoveryQuestion): readonly Issue[] {
    const { action, toAgentId, parameters } = recovery;
    const allowed = mayDo(question);
    if (!allowed.includes(action))
      return [
        {
          ...issue('action_not_allowed', '/action', `${action} is not among what may be done here.`),
          allowed,
        },
      ];
    const key = recoveryKey(recovery);
    if (question.tried.some((earlier) => recoveryKey(earlier) === key))
      return [issue('already_tried', '', 'The same was tried before and did not help.')];
    if (action === 'delegate' && !question.situation.agentIds.includes(toAgentId ?? ''))
      return [
        {
          ...issue('unknown_agent', '/toAgentId', 'No agent that could do it has this id.'),
          allowed: question.situation.agentIds,
        },
      ];
    return action === 'adjust_parameters' ? this.checkParameters(question, parameters) : [];
  }

  twin(question: RecoveryQuestion): Recovery {
    return twinOf(question);
  }

  private checkParameters({ task, hosts }: RecoveryQuestion, parameters: JsonObject): readonly Issue[] {
    const type = this.types.find(task.taskType);
    if (type === undefined)
      return [
        issue('unknown_task_type', '/action', `There is no task type ${JSON.stringify(task.taskType)}.`),
      ];
    return prefixIssues(checkAdjustment(task, parameters, { type, hosts }), '/parameters');
  }

  private schemasOf({ task, situation }: RecoveryQuestion): JsonObject {
    const properties = this.types.find(task.taskType)?.parametersJsonSchema['properties'];
    if (!isJsonObject(properties ?? null)) return {};
    const known = properties as JsonObject;
    return Object.fromEntries(
      situation.adjustable
        .filter((name) => Object.hasOwn(known, name))
        .map((name) => [name, known[name] ?? null]),
    );
  }
}

/** What a model may do: nothing that gives up sooner than rules alone would. */
function mayDo(question: RecoveryQuestion): readonly RecoveryActionName[] {
  const { situation, executionMode } = question;
  const byRules = twinOf(question);
  return legalActions(situation, executionMode).filter((action) => !givesUp({ action }, byRules));
}

const twinOf = ({ error, situation, tried }: RecoveryQuestion): Recovery =>
  recoverByRules(error.class, situation, tried);

const issue = (code: string, pointer: string, message: string): Issue => ({ code, pointer, message });
