import { Injectable } from '@nestjs/common';
import {
  type AgentSettings,
  INTELLIGENCE_POLICY,
  type IntelligencePolicy,
} from '../agents/intelligence-policy.port.js';
import { ACTIONS, type EffectivePolicy, SCENARIOS } from '../agents/domain/intelligence.js';
import { Contributes } from '../common/ports.js';
import { Features } from '../features/features.service.js';
import { asksModel, explainAction, explainReach, mayDo, reachOf } from './domain/policy.js';
import { featureOf } from './scenario-features.js';

/** What level, mode, switches and roll-out come to for an agent. */
@Injectable()
@Contributes(INTELLIGENCE_POLICY)
export class EffectivePolicies implements IntelligencePolicy {
  constructor(private readonly features: Features) {}

  async effectiveFor({ id, intelligenceLevel, executionMode }: AgentSettings): Promise<EffectivePolicy> {
    const scenarios = SCENARIOS.map(async (scenario) => {
      const reach = reachOf(scenario, intelligenceLevel);
      const { enabled, reason, feature } = await this.features.evaluate(featureOf(scenario), { agentId: id });
      const why = explainReach(scenario, intelligenceLevel);
      return enabled || !asksModel(reach)
        ? { scenario, allowed: asksModel(reach), reach, reason: why }
        : { scenario, allowed: false, reach, reason: `The feature ${feature} is off (${reason}). ${why}` };
    });
    const actions = ACTIONS.map((action) => ({
      action,
      allowed: mayDo(action, executionMode),
      reason: explainAction(action, executionMode),
    }));
    return { scenarios: await Promise.all(scenarios), actions };
  }
}
