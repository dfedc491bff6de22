import { Injectable } from '@nestjs/common';
import { AnswerCounts } from '../../llm/answers/answer-counts.service.js';
import type { CallContext } from '../../llm/budget/ledger.port.js';
import { type FunctionAnswer, LlmService } from '../../llm/llm.service.js';
import type { Recovery } from '../domain/recovery.js';
import { applicable, type RecoveryRule } from '../domain/recovery-rule.js';
import { GetRecoveryStrategy } from '../functions/get-recovery-strategy/get-recovery-strategy.function.js';
import type { RecoveryQuestion } from '../functions/get-recovery-strategy/recovery.schemas.js';

/** Finds what to do about a failure: a rule that fits, else a model where the gate allows it, else the rules' twin. */
@Injectable()
export class RecoveryStrategies {
  constructor(
    private readonly llm: LlmService,
    private readonly fn: GetRecoveryStrategy,
    private readonly counts: AnswerCounts,
  ) {}

  /** `rules`: what is known of its kind. Never fails because of a model. */
  async find(
    question: RecoveryQuestion,
    rules: readonly RecoveryRule[],
    context: CallContext,
  ): Promise<FunctionAnswer<Recovery>> {
    return (await this.byRule(question, rules, context)) ?? this.llm.call(this.fn, question, context);
  }

  /** What rules alone would do. */
  byRules(question: RecoveryQuestion): Recovery {
    return this.fn.twin(question);
  }

  /** What helped before, where it may be done now and was not tried yet for this task. */
  private async byRule(
    question: RecoveryQuestion,
    rules: readonly RecoveryRule[],
    context: CallContext,
  ): Promise<FunctionAnswer<Recovery> | null> {
    for (const rule of applicable(rules)) {
      const value = recoveryOf(rule, question);
      if (this.fn.validate(value, question).length > 0) continue;
      const detail = `The rule ${rule.id} says what helps.`;
      const { checks, reason } = await this.llm.gate(this.fn, { ...question, knownRule: detail }, context);
      this.counts.count(this.fn.name, context, { source: 'rule', reason });
      return {
        ...{ value, source: 'rule', reason: 'rule_known', detail, checks },
        ...{ interactionId: null, costNanoUsd: 0n, sentBack: [] },
      };
    }
    return null;
  }
}

/** An agent is chosen anew each time: the first that has not tried. */
function recoveryOf({ id, recovery }: RecoveryRule, { situation, tried }: RecoveryQuestion): Recovery {
  const given = new Set(tried.map(({ toAgentId }) => toAgentId));
  const toAgentId =
    recovery.action === 'delegate' ? (situation.agentIds.find((each) => !given.has(each)) ?? null) : null;
  return { ...recovery, toAgentId, reason: `It helped against this kind of failure before (rule ${id}).` };
}
