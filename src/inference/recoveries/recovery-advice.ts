import { Injectable } from '@nestjs/common';
import type { JsonObject } from '../../common/json.js';
import { formatUsd } from '../../common/money.js';
import { namedId } from '../../common/ids.js';
import { Contributes } from '../../common/ports.js';
import type { Proposal } from '../../execution/domain/proposal.js';
import {
  RECOVERY_ADVISOR,
  type RecoveryAdvisor,
  type RecoveryContext,
} from '../../execution/recovery-advisor.port.js';
import type { FunctionAnswer } from '../../llm/llm.service.js';
import { type FailureKind, failureKindOf } from '../domain/fingerprint.js';
import type { Recovery } from '../domain/recovery.js';
import { toAction } from '../domain/to-proposal.js';
import { HelpedAgents } from '../helped-agents.js';
import type { RecoveryQuestion } from '../functions/get-recovery-strategy/recovery.schemas.js';
import { RecoveryRules } from '../rules/recovery-rules.service.js';
import { RecoveryQuestions } from './recovery-questions.service.js';
import { RecoveryStrategies } from './recovery-strategies.service.js';

/** Says what to do about failures for which the rules of the engine have nothing left. */
@Injectable()
@Contributes(RECOVERY_ADVISOR)
export class RecoveryAdvice implements RecoveryAdvisor {
  constructor(
    private readonly helped: HelpedAgents,
    private readonly questions: RecoveryQuestions,
    private readonly rules: RecoveryRules,
    private readonly strategies: RecoveryStrategies,
  ) {}

  /** A money matter is settled by the budgets, and what the rules still retry needs nobody. */
  isAsked({ assisted, rules, failure, agentId, isAdvised }: RecoveryContext): boolean {
    if (!assisted || rules.action !== 'fail' || failure.class === 'budget') return false;
    // Who was helped once is not left alone because it was given to an agent whom no model helps.
    return isAdvised || this.helped.has(agentId);
  }

  async advise(context: RecoveryContext): Promise<Proposal> {
    const { agentId, workflowId, runId, id, failure, task } = context;
    const kind = failureKindOf(task.taskType, failure);
    const rules = await this.rules.known(kind, {
      ...(agentId !== null && { agentId }),
      ...(workflowId !== null && { workflowId }),
    });
    const question = await this.questions.about(context, rules);
    const answer = await this.strategies.find(question, rules, {
      ...{ agentId, workflowId, runId, taskId: id },
      // Each failure is asked about once, also by who takes the run over.
      callId: namedId(id, `recovery of attempt ${context.attempt}`),
    });
    const { value, source, detail } = answer;
    const { situation, tried } = question;
    const { taskId, taskType } = task;
    return {
      ...toAction(value, { taskId, taskType, failure, situation, tried }),
      ...{ source, reason: source === 'twin' ? `${value.reason} ${detail}`.trim() : value.reason },
      details: this.detailsOf(answer, context, { question, kind }),
    };
  }

  private detailsOf(
    { value, reason, checks, interactionId, costNanoUsd, sentBack }: FunctionAnswer<Recovery>,
    { failure, agentId }: RecoveryContext,
    { question, kind }: { readonly question: RecoveryQuestion; readonly kind: FailureKind },
  ): JsonObject {
    const { code, class: errorClass, message } = failure;
    return {
      ...{ scenario: question.scenario, recovery: value.action, delaySeconds: value.delaySeconds },
      ...{ parameters: value.parameters, toAgentId: value.toAgentId },
      // Who had it when it failed.
      agentId,
      gate: reason,
      checks: checks.map((each): JsonObject => ({ ...each })),
      error: { code, class: errorClass, message },
      byRules: this.strategies.byRules(question).action,
      refused: sentBack.map(({ code: of, pointer, message: text }) => ({ code: of, pointer, message: text })),
      interactionId,
      costUsd: formatUsd(costNanoUsd),
      signature: kind.signature,
    };
  }
}
