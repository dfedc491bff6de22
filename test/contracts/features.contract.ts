import { describe, expect, it } from '@jest/globals';
import { FEATURES, type FeatureDescription } from '../../src/config/describe-features.js';
import type { Features } from '../../src/features/features.port.js';

export const CEILING: readonly FeatureDescription[] = [
  { feature: 'llm_planning', enabled: true, reason: 'on', detail: 'allowed' },
  { feature: 'dynamic_inference', enabled: false, reason: 'off_by_environment', detail: 'forbidden' },
  { feature: 'plan_memory', enabled: true, reason: 'on', detail: 'allowed' },
];

/** What every adapter of the features port keeps to, made with `CEILING`. */
export function featuresContract(name: string, create: () => Features): void {
  describe(`${name} as features`, () => {
    it('answer for every feature with a reason', () => {
      const features = create();
      expect(FEATURES.map((feature) => features.evaluate(feature, {}))).toEqual([
        { enabled: true, reason: 'on' },
        { enabled: false, reason: 'off_by_environment' },
        { enabled: true, reason: 'on' },
      ]);
    });

    it('describe what they evaluate', () => {
      const features = create();
      for (const { feature, enabled, reason } of features.describe()) {
        expect(features.evaluate(feature, { agentId: 'a' })).toEqual({ enabled, reason });
      }
      expect(features.describe().map(({ feature }) => feature)).toEqual([...FEATURES]);
    });

    it('tell nobody of a change that has not happened', () => {
      const heard: string[] = [];
      const features = create();
      const stop = features.onChange((feature) => heard.push(feature));
      features.evaluate('llm_planning', {});
      stop();
      expect(heard).toEqual([]);
    });
  });
}
