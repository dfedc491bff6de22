import { Injectable } from '@nestjs/common';
import { NotFoundError } from '../common/tandem-error.js';
import { OpenFeatureFlags } from './adapters/open-feature-flags.js';
import { describeState } from './domain/describe-state.js';
import { FEATURE_NAMES, type FeatureName, isFeature, parentOf, PARTS } from './domain/feature-names.js';
import { ON } from './domain/feature-switch.js';
import type { FeatureView } from './features.schemas.js';
import { Features } from './features.service.js';
import { SwitchBoard } from './switches/switch-board.js';

/** Shows the features as they stand. */
@Injectable()
export class FeatureViews {
  constructor(
    private readonly features: Features,
    private readonly flags: OpenFeatureFlags,
    private readonly board: SwitchBoard,
  ) {}

  list(): Promise<FeatureView[]> {
    return Promise.all(FEATURE_NAMES.map((feature) => this.view(feature)));
  }

  /** Fails as `feature_not_found`. */
  async get(feature: string): Promise<FeatureView> {
    if (!isFeature(feature)) throw new NotFoundError('feature', feature);
    return this.view(feature);
  }

  private async view(feature: FeatureName): Promise<FeatureView> {
    const stored = this.board.find(feature);
    const { managedBy } = this.flags;
    const { rollout } = stored?.setting ?? ON;
    const evaluation = await this.features.evaluate(feature, {});
    const { detail: ceilingDetail, description } = this.features.ceilingOf(feature);
    return {
      feature,
      ...describeState({ feature, evaluation, ceilingDetail, rollout, managedBy }),
      description: feature in PARTS ? PARTS[feature as keyof typeof PARTS].description : description,
      partOf: parentOf(feature),
      rollout: managedBy === null ? rollout : null,
      changedBy: stored?.changedBy ?? null,
      changedAt: stored?.changedAt.toISOString() ?? null,
    };
  }
}
