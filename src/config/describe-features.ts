import type { AppConfig } from './config.js';

/** Switches of the system. What a model or what was learned does is behind them; rules and routes stay when they are off. */
export const FEATURES = ['llm_planning', 'dynamic_inference', 'plan_memory'] as const;
export type FeatureName = (typeof FEATURES)[number];

/** Why a feature is on or off. `off_by_switch` needs the environment to allow it and somebody to turn it off. */
export const FEATURE_REASONS = ['on', 'off_by_environment', 'not_in_this_build', 'off_by_switch'] as const;
export type FeatureReason = (typeof FEATURE_REASONS)[number];

export interface FeatureDescription {
  readonly feature: FeatureName;
  readonly enabled: boolean;
  readonly reason: FeatureReason;
  /** The reason for people, with what would change it. */
  readonly detail: string;
}

const CEILINGS = {
  llm_planning: {
    variable: 'ENABLE_LLM_PLANNING',
    allows: (config: AppConfig) => config.features.llmPlanning,
  },
  dynamic_inference: {
    variable: 'ENABLE_DYNAMIC_INFERENCE',
    allows: (config: AppConfig) => config.features.dynamicInference,
  },
  plan_memory: {
    variable: 'ENABLE_PLAN_MEMORY',
    allows: (config: AppConfig) => config.features.planMemory,
  },
} as const satisfies Record<FeatureName, { variable: string; allows: (config: AppConfig) => boolean }>;

/** Which features this deployment has, and for each one why or why not. `available`: what this build contains. */
export function describeFeatures(
  config: AppConfig,
  available: readonly FeatureName[] = [],
): readonly FeatureDescription[] {
  return FEATURES.map((feature) => {
    const { variable, allows } = CEILINGS[feature];
    if (!allows(config)) {
      const detail = `${variable} is false. Set it to true and restart to allow this feature.`;
      return { feature, enabled: false, reason: 'off_by_environment', detail };
    }
    if (!available.includes(feature)) {
      return {
        feature,
        enabled: false,
        reason: 'not_in_this_build',
        detail: 'This build contains nothing that this feature could switch.',
      };
    }
    return { feature, enabled: true, reason: 'on', detail: `${variable} allows it.` };
  });
}
