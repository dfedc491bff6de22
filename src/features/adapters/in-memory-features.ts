import type { FeatureDescription, FeatureName } from '../../config/describe-features.js';
import {
  type FeatureEvaluation,
  Features,
  type FeatureListener,
  type FeatureSubject,
} from '../features.port.js';

/** Features that a test, or a process of its own, flips; below the ceiling of the descriptions it starts with. */
export class InMemoryFeatures extends Features {
  private readonly off = new Set<FeatureName>();
  private readonly listeners = new Set<FeatureListener>();

  constructor(private readonly ceiling: readonly FeatureDescription[]) {
    super();
  }

  /** Turns the switch of a feature; tells the listeners when that changed anything. */
  turn(feature: FeatureName, to: 'on' | 'off'): void {
    const before = this.evaluate(feature, {}).enabled;
    if (to === 'off') this.off.add(feature);
    else this.off.delete(feature);
    if (this.evaluate(feature, {}).enabled === before) return;
    for (const listener of this.listeners) listener(feature);
  }

  override evaluate(feature: FeatureName, _subject: FeatureSubject): FeatureEvaluation {
    const { enabled, reason } = this.describe().find((known) => known.feature === feature) ?? {
      enabled: false,
      reason: 'not_in_this_build',
    };
    return { enabled, reason };
  }

  override describe(): readonly FeatureDescription[] {
    return this.ceiling.map((known) =>
      known.enabled && this.off.has(known.feature)
        ? { ...known, enabled: false, reason: 'off_by_switch', detail: 'Somebody turned it off.' }
        : known,
    );
  }

  override onChange(listener: FeatureListener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }
}
