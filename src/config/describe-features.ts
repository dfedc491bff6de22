import type { AppConfig } from './config.js';
import { type FeatureCeiling, type FeatureName, FEATURES } from './domain/features.js';

const CEILINGS = {
  llm_planning: {
    variable: 'ENABLE_LLM_PLANNING',
    description: 'Models plan from a sentence, split tasks and optimise their order.',
    allows: (config: AppConfig) => config.features.llmPlanning,
  },
  dynamic_inference: {
    variable: 'ENABLE_DYNAMIC_INFERENCE',
    description: 'Models recover, decide, adapt and summarise while runs go on.',
    allows: (config: AppConfig) => config.features.dynamicInference,
  },
  plan_memory: {
    variable: 'ENABLE_PLAN_MEMORY',
    description: 'Approved plans teach the planner.',
    allows: (config: AppConfig) => config.features.planMemory,
  },
  recovery_learning: {
    variable: 'ENABLE_RECOVERY_LEARNING',
    description: 'Recoveries that worked become rules, and such rules are applied.',
    allows: (config: AppConfig) => config.features.recoveryLearning,
  },
} as const satisfies Record<
  FeatureName,
  { variable: string; description: string; allows: (config: AppConfig) => boolean }
>;

/** Which features this deployment may have, and for each one why or why not. `available`: what this build contains. */
export function describeFeatures(
  config: AppConfig,
  available: readonly FeatureName[] = [],
): readonly FeatureCeiling[] {
  return FEATURES.map((feature) => {
    const { variable, description, allows } = CEILINGS[feature];
    if (!allows(config)) {
      const detail = `${variable} is false. Set it to true and restart to allow this feature.`;
      return { feature, description, enabled: false, reason: 'off_by_environment', detail };
    }
    if (!available.includes(feature)) {
      const detail = 'This build contains nothing that this feature could switch.';
      return { feature, description, enabled: false, reason: 'not_in_this_build', detail };
    }
    return { feature, description, enabled: true, reason: 'on', detail: `${variable} allows it.` };
  });
}
