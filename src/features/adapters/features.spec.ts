import { beforeEach, describe, expect, it } from '@jest/globals';
import { CEILING, featuresContract } from '../../../test/contracts/features.contract.js';
import { ConfigFeatures } from './config-features.js';
import { InMemoryFeatures } from './in-memory-features.js';

featuresContract('ConfigFeatures', () => new ConfigFeatures(CEILING));
featuresContract('InMemoryFeatures', () => new InMemoryFeatures(CEILING));

describe('InMemoryFeatures', () => {
  let features: InMemoryFeatures;
  let heard: string[];
  beforeEach(() => {
    features = new InMemoryFeatures(CEILING);
    heard = [];
  });

  it('turn off and on at once and tell who listens', () => {
    features.onChange((feature) => heard.push(feature));
    features.turn('llm_planning', 'off');
    expect(features.evaluate('llm_planning', {})).toEqual({ enabled: false, reason: 'off_by_switch' });
    features.turn('llm_planning', 'on');
    expect(features.evaluate('llm_planning', {})).toEqual({ enabled: true, reason: 'on' });
    expect(heard).toEqual(['llm_planning', 'llm_planning']);
  });

  it('never turn on what the environment forbids', () => {
    features.onChange((feature) => heard.push(feature));
    features.turn('dynamic_inference', 'on');
    expect(features.evaluate('dynamic_inference', {})).toEqual({
      enabled: false,
      reason: 'off_by_environment',
    });
    expect(heard).toEqual([]);
  });

  it('do not tell who has stopped listening', () => {
    const stop = features.onChange((feature) => heard.push(feature));
    stop();
    features.turn('llm_planning', 'off');
    expect(heard).toEqual([]);
  });
});
