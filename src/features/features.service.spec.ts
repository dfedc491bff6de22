import { beforeEach, describe, expect, it } from '@jest/globals';
import type { FeatureCeiling } from '../config/domain/features.js';
import { Features } from './features.service.js';
import { type FlagAnswer, Flags } from './flags.port.js';

class GivenFlags extends Flags {
  readonly off = new Map<string, Exclude<FlagAnswer['reason'], 'on'>>();

  override ask(feature: string): Promise<FlagAnswer> {
    const reason = this.off.get(feature);
    return Promise.resolve(
      reason === undefined ? { enabled: true, reason: 'on' } : { enabled: false, reason },
    );
  }

  override onChange(): () => void {
    return () => undefined;
  }
}

const CEILINGS: readonly FeatureCeiling[] = [
  { feature: 'llm_planning', description: '', enabled: true, reason: 'on', detail: 'allowed' },
  {
    feature: 'dynamic_inference',
    description: '',
    enabled: false,
    reason: 'off_by_environment',
    detail: 'no',
  },
];

describe('Features', () => {
  let flags: GivenFlags;
  let features: Features;
  beforeEach(() => {
    flags = new GivenFlags();
    features = new Features(CEILINGS, flags);
  });

  it('are on where nothing says otherwise', async () => {
    expect(await features.evaluate('decompose-task', {})).toEqual({
      enabled: true,
      reason: 'on',
      feature: 'decompose-task',
    });
  });

  it('are never on above the ceiling of what they are part of', async () => {
    for (const feature of ['dynamic_inference', 'make-decision'] as const)
      expect(await features.evaluate(feature, {})).toEqual({
        ...{ enabled: false, reason: 'off_by_environment', feature: 'dynamic_inference' },
      });
  });

  it('are off with what they are part of, and say so', async () => {
    flags.off.set('llm_planning', 'rollout_excluded');
    flags.off.set('decompose-task', 'off_by_switch');
    expect(await features.evaluate('decompose-task', {})).toEqual({
      ...{ enabled: false, reason: 'rollout_excluded', feature: 'llm_planning' },
    });
  });

  it('are off by themselves', async () => {
    flags.off.set('decompose-task', 'off_by_switch');
    expect(await features.evaluate('decompose-task', {})).toEqual({
      ...{ enabled: false, reason: 'off_by_switch', feature: 'decompose-task' },
    });
    expect((await features.evaluate('llm_planning', {})).enabled).toBe(true);
  });
});
