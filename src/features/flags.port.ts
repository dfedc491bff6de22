import type { FeatureReason } from '../config/domain/features.js';
import type { FeatureSubject } from './domain/feature-switch.js';

/** What a switch says, without its ceiling. */
export interface FlagAnswer {
  readonly enabled: boolean;
  readonly reason: Extract<FeatureReason, 'on' | 'off_by_switch' | 'rollout_excluded' | 'switch_unknown'>;
}

/** The switches somebody can turn while the system works, wherever they are kept. */
export abstract class Flags {
  /** Touches nothing slow. Never fails: of a switch that cannot be read the answer is off. */
  abstract ask(feature: string, subject: FeatureSubject): Promise<FlagAnswer>;

  /** Calls `listener` after a change of any switch; answers how to stop. */
  abstract onChange(listener: () => void): () => void;
}
