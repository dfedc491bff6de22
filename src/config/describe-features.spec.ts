import { describe, expect, it } from '@jest/globals';
import type { AppConfig } from './config.js';
import { describeFeatures } from './describe-features.js';

const config = (llmPlanning: boolean, dynamicInference: boolean) =>
  ({ features: { llmPlanning, dynamicInference, planMemory: true, recoveryLearning: true } }) as AppConfig;
const summary = (...args: Parameters<typeof describeFeatures>) =>
  describeFeatures(...args).map(({ feature, enabled, reason }) => [feature, enabled, reason]);

describe('describeFeatures', () => {
  it('says that this build has no models', () => {
    expect(summary(config(true, true))).toEqual([
      ['llm_planning', false, 'not_in_this_build'],
      ['dynamic_inference', false, 'not_in_this_build'],
      ['plan_memory', false, 'not_in_this_build'],
      ['recovery_learning', false, 'not_in_this_build'],
    ]);
  });

  it('names the environment first: it is the ceiling', () => {
    expect(summary(config(false, true), ['llm_planning', 'dynamic_inference'])).toEqual([
      ['llm_planning', false, 'off_by_environment'],
      ['dynamic_inference', true, 'on'],
      ['plan_memory', false, 'not_in_this_build'],
      ['recovery_learning', false, 'not_in_this_build'],
    ]);
  });

  it('tells people which variable to change', () => {
    const [, inference] = describeFeatures(config(true, false));
    expect(inference?.detail).toBe(
      'ENABLE_DYNAMIC_INFERENCE is false. Set it to true and restart to allow this feature.',
    );
  });
});
