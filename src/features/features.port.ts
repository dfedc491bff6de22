import type { FeatureDescription, FeatureName } from '../config/describe-features.js';

/** For whom a feature is asked; a roll-out may answer differently for each. */
export interface FeatureSubject {
  readonly agentId?: string;
  readonly workflowId?: string;
}

export type FeatureEvaluation = Pick<FeatureDescription, 'enabled' | 'reason'>;

export type FeatureListener = (feature: FeatureName) => void;

/**
 * Switches and roll-out. The environment is the ceiling: nothing here turns on what it forbids. Ask at every use and
 * keep no answer: a switch holds at once, also for work that is under way.
 */
export abstract class Features {
  /** Whether a feature may be used for a subject now, and why. Never fails, touches nothing slow. */
  abstract evaluate(feature: FeatureName, subject: FeatureSubject): FeatureEvaluation;

  /** All features as they stand for no subject in particular. */
  abstract describe(): readonly FeatureDescription[];

  /** Calls `listener` after each change of a feature; answers how to stop. */
  abstract onChange(listener: FeatureListener): () => void;
}
