import { Port } from '../common/ports.js';
import type { Agent } from './domain/agent.js';
import { ACTIONS, type EffectivePolicy, SCENARIOS } from './domain/intelligence.js';

/** What a policy looks at. */
export type AgentSettings = Pick<Agent, 'id' | 'intelligenceLevel' | 'executionMode'>;

/** Says what holds for an agent now: its settings, the switches, the roll-out. Touches nothing slow. */
export interface IntelligencePolicy {
  effectiveFor(agent: AgentSettings): Promise<EffectivePolicy>;
}

const REASON = 'This deployment has no models.';

/** Contributed by `inference`; without it rules answer everything. */
export const INTELLIGENCE_POLICY = new Port<IntelligencePolicy>('INTELLIGENCE_POLICY', {
  effectiveFor: () =>
    Promise.resolve({
      scenarios: SCENARIOS.map((scenario) => ({ scenario, allowed: false, reach: 'rules', reason: REASON })),
      actions: ACTIONS.map((action) => ({ action, allowed: false, reason: REASON })),
    }),
});
