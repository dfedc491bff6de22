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
import { type FailureKind, failureKindOf } from '../domain/fingerprint.js';
import type { Recovery } from '../domain/recovery.js';
import { applicable, type RecoveryRule } from '../domain/recovery-rule.js';
import { toAction } from '../domain/to-proposal.js';
import { HelpedAgents } from '../helped-agents.js';
import { GetRecoveryStrategy } from '../functions/get-recovery-strategy/get-recovery-strategy.function.js';
import type { RecoveryQuestion } from '../functions/get-recovery-strategy/recovery.schemas.js';
import { RecoveryRules } from '../rules/recovery-rules.service.js';
import { RecoveryQuestions } from './recovery-questions.service.js';

/** Says what to do about failures for which the rules of the engine have nothing left. */
@Injectable()
@Contributes(RECOVERY_ADVISOR)
export class RecoveryAdvice implements RecoveryAdvisor {
  constructor(
    private readonly helped: HelpedAgents,
    private readonly questions: RecoveryQuestions,
    private readonly rules: RecoveryRules,
    private readonly llm: LlmService,
    private readonly fn: GetRecoveryStrategy,
  ) {}

  /** A money matter is settled by the budgets, and what the rules still retry needs nobody. */
  isAsked({ assisted, rules, failure, agentId }: RecoveryContext): boolean {
    if (!assisted || rules.action !== 'fail' || failure.class === 'budget') return false;
    return this.helped.has(agentId);
  }

  /** A rule that fits, else a model where the gate allows it, else the rules' twin. */
  async advise(context: RecoveryContext): Promise<Proposal> {
    const kind = failureKindOf(context.task.taskType, context.failure);
    const rules = await this.rules.known(kind);
    const question = await this.questions.about(context, rules);
    const answer = this.byRule(rules, question, context) ?? (await this.ask(question, context));
    const { value, source, detail } = answer;
    const { situation, tried } = question;
    const { taskId, taskType } = context.task;
    return {
      ...toAction(value, { taskId, taskType, failure: context.failure, situation, tried }),
      ...{ source, reason: source === 'twin' ? `${value.reason} ${detail}`.trim() : value.reason },
      details: this.detailsOf(answer, context, { question, kind }),
    };
  }

  private ask(question: RecoveryQuestion, context: RecoveryContext): Promise<FunctionAnswer<Recovery>> {
    const { agentId, workflowId, runId, id: taskId } = context;
    return this.llm.call(this.fn, question, { agentId, workflowId, runId, taskId });
  }

  /** What helped before, where it may be done now and was not tried yet for this task. */
  private byRule(
    rules: readonly RecoveryRule[],
    question: RecoveryQuestion,
    { agentId, workflowId }: RecoveryContext,
  ): FunctionAnswer<Recovery> | null {
    for (const rule of applicable(rules)) {
      const value = recoveryOf(rule, question);
      if (this.fn.validate(value, question).length > 0) continue;
      const detail = `The rule ${rule.id} says what helps.`;
      const { checks } = this.llm.gate(this.fn, { ...question, knownRule: detail }, { agentId, workflowId });
      return {
        ...{ value, source: 'rule', reason: 'rule_known', detail, checks },
        ...{ interactionId: null, costNanoUsd: 0n, sentBack: [] },
      };
    }
    return null;
  }

  private detailsOf(
    { value, reason, checks, interactionId, costNanoUsd, sentBack }: FunctionAnswer<Recovery>,
    { failure }: RecoveryContext,
    { question, kind }: { readonly question: RecoveryQuestion; readonly kind: FailureKind },
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
      signature: kind.signature,
    };
  }
}

/** An agent is chosen anew each time: the first that has not tried. */
function recoveryOf({ id, recovery }: RecoveryRule, { situation, tried }: RecoveryQuestion): Recovery {
  const given = new Set(tried.map(({ toAgentId }) => toAgentId));
  const toAgentId =
    recovery.action === 'delegate' ? (situation.agentIds.find((each) => !given.has(each)) ?? null) : null;
  return { ...recovery, toAgentId, reason: `It helped against this kind of failure before (rule ${id}).` };
}
