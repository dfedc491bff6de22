import type { Scenario } from '../agents/domain/intelligence.js';
import type { FeatureName } from '../features/domain/feature-names.js';

const FEATURES = {
  error_recovery: 'get-recovery-strategy',
  delegation_error: 'get-recovery-strategy',
  decision: 'make-decision',
  decomposition: 'decompose-task',
  adaptation: 'adapt-workflow',
} as const satisfies Record<Scenario, FeatureName>;

/** The switch a scenario is behind: that of the function that answers it. */
export const featureOf = (scenario: Scenario): FeatureName => FEATURES[scenario];
