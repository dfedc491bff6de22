import { Injectable } from '@nestjs/common';
import {
  type AgentSettings,
  INTELLIGENCE_POLICY,
  type IntelligencePolicy,
} from '../agents/intelligence-policy.port.js';
import { ACTIONS, type EffectivePolicy, SCENARIOS } from '../agents/domain/intelligence.js';
import { Contributes } from '../common/ports.js';
import { Features } from '../features/features.port.js';
import { asksModel, explainAction, explainReach, mayDo, reachOf } from './domain/policy.js';
import { featureOf } from './scenario-features.js';

/** What level, mode, switches and roll-out come to for an agent. */
@Injectable()
@Contributes(INTELLIGENCE_POLICY)
export class EffectivePolicies implements IntelligencePolicy {
  constructor(private readonly features: Features) {}

  effectiveFor({ id, intelligenceLevel, executionMode }: AgentSettings): EffectivePolicy {
    return {
      scenarios: SCENARIOS.map((scenario) => {
        const reach = reachOf(scenario, intelligenceLevel);
        const feature = featureOf(scenario);
        const { enabled, reason } = this.features.evaluate(feature, { agentId: id });
        const why = explainReach(scenario, intelligenceLevel);
        return enabled || !asksModel(reach)
          ? { scenario, allowed: asksModel(reach), reach, reason: why }
          : { scenario, allowed: false, reach, reason: `The feature ${feature} is off (${reason}). ${why}` };
      }),
      actions: ACTIONS.map((action) => ({
        action,
        allowed: mayDo(action, executionMode),
        reason: explainAction(action, executionMode),
      })),
    };
  }
}
