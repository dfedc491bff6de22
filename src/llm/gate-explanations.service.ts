import { Injectable } from '@nestjs/common';
import { formatUsd } from '../common/money.js';
import { AppConfig } from '../config/config.js';
import type { FeatureName } from '../features/domain/feature-names.js';
import { Features } from '../features/features.service.js';
import { type Budget, limitOf } from './budget/domain/budget.js';
import { type CallContext, scopesOf } from './budget/ledger.port.js';
import { Ledger } from './budget/ledger.service.js';
import { Asker } from './calls/asker.service.js';
import { ModelGuards } from './calls/model-guards.js';
import { NoAnswer } from './calls/no-answer.js';
import { type GateDecision, type GateRefusals, passGate } from './domain/gate.js';
import { switchRefusal } from './switch-refusal.js';

/** Says why (not) a model would be asked, without asking: every check of the gate, providers and budgets included. */
@Injectable()
export class GateExplanations {
  constructor(
    private readonly features: Features,
    private readonly asker: Asker,
    private readonly ledger: Ledger,
    private readonly guards: ModelGuards,
    private readonly config: AppConfig,
  ) {}

  /** `verdicts`: what the one who would ask has against it. The upper bound of a call is known only when it is made. */
  async explain(feature: FeatureName, verdicts: GateRefusals, context: CallContext): Promise<GateDecision> {
    return passGate({
      ...(await switchRefusal(this.features, feature, context)),
      ...verdicts,
      ...(await this.providerRefusal(context)),
      ...(await this.budgetRefusal(context)),
    });
  }

  private async providerRefusal(context: CallContext): Promise<GateRefusals> {
    try {
      const { candidates } = await this.asker.choose({ context });
      const models = candidates.map(({ description }) => description);
      if (models.some(({ provider, model }) => !this.isOpen(provider, model))) return {};
      const names = models.map(({ provider, model }) => `${provider}:${model}`).join(', ');
      return { provider_unavailable: `The breaker of ${names} is open: too many calls failed in a row.` };
    } catch (error) {
      if (error instanceof NoAnswer) return { provider_unavailable: error.detail };
      throw error;
    }
  }

  private isOpen(provider: string, model: string): boolean {
    return this.guards.states(provider).some((known) => known.model === model && known.breaker === 'open');
  }

  private async budgetRefusal(context: CallContext): Promise<GateRefusals> {
    const empty = (await this.ledger.find(scopesOf(context))).find((budget) => this.isEmpty(budget));
    if (empty === undefined) return {};
    const what =
      empty.closedAt === null ? 'is used up' : 'is closed, because a call cost more than its bound';
    return {
      budget_exhausted: `The budget ${empty.scope} ${what}: ${formatUsd(empty.spent)} USD are spent.`,
    };
  }

  private isEmpty(budget: Budget): boolean {
    const { total, workflow } = {
      total: this.config.llm.totalLimitNanoUsd,
      workflow: this.config.llm.workflowLimitNanoUsd,
    };
    const limit = limitOf(budget, { total, workflow });
    const { spent, periodBase, reserved, closedAt } = budget;
    return closedAt !== null || (limit !== null && spent - periodBase + reserved >= limit);
  }
}
