/** Features of the environment. What a model or what was learned does is behind them; rules and routes stay when they are off. */
export const FEATURES = ['llm_planning', 'dynamic_inference', 'plan_memory', 'recovery_learning'] as const;
export type FeatureName = (typeof FEATURES)[number];

/** Why a feature is on or off; what is said by a switch needs an environment that allows the feature. */
export const FEATURE_REASONS = [
  'on',
  'off_by_environment',
  'not_in_this_build',
  'off_by_switch',
  /** On, but not for whom it was asked. */
  'rollout_excluded',
  /** The switch cannot be read, so it counts as off. */
  'switch_unknown',
] as const;
export type FeatureReason = (typeof FEATURE_REASONS)[number];

/** What the environment and this build say of a feature. */
export interface FeatureCeiling {
  readonly feature: FeatureName;
  /** What it is that a switch turns off. */
  readonly description: string;
  readonly enabled: boolean;
  readonly reason: Extract<FeatureReason, 'on' | 'off_by_environment' | 'not_in_this_build'>;
  /** The reason for people, with what would change it. */
  readonly detail: string;
}
