import { Injectable } from '@nestjs/common';
import { unknownAgent } from '../../agents/agents.errors.js';
import { AgentsService } from '../../agents/agents.service.js';
import type { Agent } from '../../agents/domain/agent.js';
import type { JsonObject } from '../../common/json.js';
import { InvalidInputError } from '../../common/tandem-error.js';
import type { FunctionAnswer } from '../../llm/llm.service.js';
import { TaskTypeRegistry } from '../../tasks/task-type.registry.js';
import { hostsIn } from '../../workflows/domain/check-constraints.js';
import { effectsOfTasks } from '../../workflows/domain/effects.js';
import { failureKindOf } from '../domain/fingerprint.js';
import { toFailure } from '../domain/described-error.js';
import { legalActions, type Recovery, type RecoveryActionName } from '../domain/recovery.js';
import { asksModel, explainReach, reachOf } from '../domain/policy.js';
import { doubtful } from '../domain/recovery-rule.js';
import type { RecoveryQuestion } from '../functions/get-recovery-strategy/recovery.schemas.js';
import { RecoveryRules } from '../rules/recovery-rules.service.js';
import type { DescribeRecovery } from './recoveries.schemas.js';
import { RecoveryStrategies } from './recovery-strategies.service.js';

/** A recovery of a failure that somebody describes, and what else may be done. */
export interface DescribedRecovery {
  readonly answer: FunctionAnswer<Recovery>;
  readonly alternatives: readonly RecoveryActionName[];
}

/** The engine asks nobody about failures of other agents. */
const isAsked = ({ intelligenceLevel }: Agent): boolean =>
  asksModel(reachOf('error_recovery', intelligenceLevel));

const asAlways = ({ intelligenceLevel }: Agent): FunctionAnswer<Recovery> => {
  const reason = explainReach('error_recovery', intelligenceLevel);
  return {
    value: { action: 'fail', reason, delaySeconds: 0, parameters: {}, toAgentId: null },
    ...{ source: 'twin', reason: 'level_forbids', detail: reason, checks: [] },
    ...{ interactionId: null, costNanoUsd: 0n, sentBack: [] },
  };
};

/** What would be done about a failure that nobody has had yet. Nothing is stored. */
@Injectable()
export class DescribedRecoveries {
  constructor(
    private readonly agents: AgentsService,
    private readonly types: TaskTypeRegistry,
    private readonly rules: RecoveryRules,
    private readonly strategies: RecoveryStrategies,
  ) {}

  /** Fails as `unknown_agent`, `unknown_task_type`. */
  async recover({ agentId, task, error }: DescribeRecovery): Promise<DescribedRecovery> {
    const agent = await this.agents.find(agentId);
    if (agent === null) throw unknownAgent('/agentId', agentId);
    const type = this.types.find(task.taskType);
    if (type === undefined) throw this.unknownType(task.taskType);
    const failure = toFailure(error);
    const rules = await this.rules.known(failureKindOf(task.taskType, failure), { agentId });
    const work = { taskType: task.taskType, parameters: task.parameters as JsonObject };
    const tasks = [{ ...work, taskId: 'task', dependencies: [] }];
    const question: RecoveryQuestion = {
      ...{ scenario: 'error_recovery', assisted: null },
      ...{ intelligenceLevel: agent.intelligenceLevel, executionMode: agent.executionMode },
      task: { ...work, description: task.description ?? '' },
      error: { code: failure.code, class: failure.class, message: failure.message },
      situation: {
        effect: effectsOfTasks(tasks, () => type).at(-1) ?? null,
        ...{ optional: task.optional, alternativesLeft: 0, hasCompensation: false },
        adjustable: [...type.adjustableParameters],
        agentIds: [],
      },
      ...{ agents: [], hosts: hostsIn({ tasks }), tried: [], knownRule: null },
      doubtful: doubtful(rules).map(({ recovery }) => recovery),
      assistedRecoveries: { ofTask: 0, ofRun: 0 },
    };
    const context = { agentId, workflowId: null, runId: null, taskId: null };
    const answer = isAsked(agent) ? await this.strategies.find(question, rules, context) : asAlways(agent);
    const legal = isAsked(agent) ? legalActions(question.situation, question.executionMode) : [];
    return { answer, alternatives: legal.filter((action) => action !== answer.value.action) };
  }

  private unknownType(taskType: string): InvalidInputError {
    const allowed = this.types.list().map(({ name }) => name);
    const message = `There is no task type ${JSON.stringify(taskType)}. There are: ${allowed.join(', ')}.`;
    const issue = { code: 'unknown_task_type', pointer: '/task/taskType', message, allowed };
    return new InvalidInputError('unknown_task_type', message, [issue]);
  }
}
