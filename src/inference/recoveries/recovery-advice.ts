import { Injectable } from '@nestjs/common';
import type { JsonObject } from '../../common/json.js';
import { formatUsd } from '../../common/money.js';
import { Contributes } from '../../common/ports.js';
import type { Proposal } from '../../execution/domain/proposal.js';
import {
  RECOVERY_ADVISOR,
  type RecoveryAdvisor,
  type RecoveryContext,
} from '../../execution/recovery-advisor.port.js';
import { type FunctionAnswer, LlmService } from '../../llm/llm.service.js';
import { failureKindOf } from '../domain/fingerprint.js';
import type { Recovery } from '../domain/recovery.js';
import { toAction } from '../domain/to-proposal.js';
import { HelpedAgents } from '../helped-agents.js';
import { GetRecoveryStrategy } from '../functions/get-recovery-strategy/get-recovery-strategy.function.js';
import type { RecoveryQuestion } from '../functions/get-recovery-strategy/recovery.schemas.js';
import { RecoveryQuestions } from './recovery-questions.service.js';

/** Says what to do about failures for which the rules of the engine have nothing left. */
@Injectable()
@Contributes(RECOVERY_ADVISOR)
export class RecoveryAdvice implements RecoveryAdvisor {
  constructor(
    private readonly helped: HelpedAgents,
    private readonly questions: RecoveryQuestions,
    private readonly llm: LlmService,
    private readonly fn: GetRecoveryStrategy,
  ) {}

  /** A money matter is settled by the budgets, and what the rules still retry needs nobody. */
  isAsked({ assisted, rules, failure, agentId }: RecoveryContext): boolean {
    if (!assisted || rules.action !== 'fail' || failure.class === 'budget') return false;
    return this.helped.has(agentId);
  }

  async advise(context: RecoveryContext): Promise<Proposal> {
    const question = await this.questions.about(context);
    const { agentId, workflowId, runId, id } = context;
    const answer = await this.llm.call(this.fn, question, { agentId, workflowId, runId, taskId: id });
    const { value, source, detail } = answer;
    const { situation, tried } = question;
    const { taskId, taskType } = context.task;
    return {
      ...toAction(value, { taskId, taskType, failure: context.failure, situation, tried }),
      ...{ source, reason: source === 'twin' ? `${value.reason} ${detail}`.trim() : value.reason },
      details: this.detailsOf(answer, context, question),
    };
  }

  private detailsOf(
    { value, reason, checks, interactionId, costNanoUsd, sentBack }: FunctionAnswer<Recovery>,
    { task, failure }: RecoveryContext,
    question: RecoveryQuestion,
  ): JsonObject {
    const { code, class: errorClass, message } = failure;
    return {
      recovery: value.action,
      gate: reason,
      checks: checks.map((each): JsonObject => ({ ...each })),
      error: { code, class: errorClass, message },
      byRules: this.fn.twin(question).action,
      refused: sentBack.map(({ code: of, pointer, message: text }) => ({ code: of, pointer, message: text })),
      interactionId,
      costUsd: formatUsd(costNanoUsd),
      signature: failureKindOf(task.taskType, failure).signature,
    };
  }
}
