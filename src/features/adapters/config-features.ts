import type { FeatureDescription, FeatureName } from '../../config/describe-features.js';
import {
  type FeatureEvaluation,
  Features,
  type FeatureListener,
  type FeatureSubject,
} from '../features.port.js';

/** Features as the environment and this build have them; they change with a restart only. */
export class ConfigFeatures extends Features {
  constructor(private readonly descriptions: readonly FeatureDescription[]) {
    super();
  }

  override evaluate(feature: FeatureName, _subject: FeatureSubject): FeatureEvaluation {
    const { enabled, reason } = this.descriptions.find((known) => known.feature === feature) ?? {
      enabled: false,
      reason: 'not_in_this_build',
    };
    return { enabled, reason };
  }

  override describe(): readonly FeatureDescription[] {
    return this.descriptions;
  }

  override onChange(_listener: FeatureListener): () => void {
    return () => undefined;
  }
}
