import type { Scenario } from '../agents/domain/intelligence.js';
import type { FeatureName } from '../config/describe-features.js';

/** The switch a scenario is behind. */
export const featureOf = (scenario: Scenario): FeatureName =>
  scenario === 'decomposition' ? 'llm_planning' : 'dynamic_inference';
