import { Injectable } from '@nestjs/common';
import type { FeatureCeiling, FeatureReason } from '../config/domain/features.js';
import { type FeatureName, parentOf } from './domain/feature-names.js';
import type { FeatureSubject } from './domain/feature-switch.js';
import { Flags } from './flags.port.js';

export interface FeatureEvaluation {
  readonly enabled: boolean;
  readonly reason: FeatureReason;
  /** Which one decided: the feature asked for, or the one it is part of. */
  readonly feature: FeatureName;
}

/**
 * Switches and roll-out. The environment is the ceiling: nothing turns on what it forbids. Ask at every use and keep no
 * answer: a switch holds at once, also for work that is under way.
 */
@Injectable()
export class Features {
  constructor(
    private readonly ceilings: readonly FeatureCeiling[],
    private readonly flags: Flags,
  ) {}

  /** Whether a feature may be used for a subject now, and why. Never fails. */
  async evaluate(feature: FeatureName, subject: FeatureSubject): Promise<FeatureEvaluation> {
    const { enabled, reason } = this.ceilingOf(feature);
    const parent = parentOf(feature);
    if (!enabled) return { enabled, reason, feature: parent ?? feature };
    for (const each of parent === null ? [feature] : [parent, feature]) {
      const answer = await this.flags.ask(each, subject);
      if (!answer.enabled) return { ...answer, feature: each };
    }
    return { enabled: true, reason: 'on', feature };
  }

  /** What the environment and this build say of it. */
  ceilingOf(feature: FeatureName): FeatureCeiling {
    const name = parentOf(feature) ?? feature;
    const ceiling = this.ceilings.find((each) => each.feature === name);
    if (ceiling === undefined) throw new Error(`Nothing says whether ${name} is allowed.`);
    return ceiling;
  }

  /** Calls `listener` whenever answers may have changed; answers how to stop. */
  onChange(listener: () => void): () => void {
    return this.flags.onChange(listener);
  }
}
