import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { bucketOf, decideSwitch, type FeatureSwitch, FOR_ALL } from './feature-switch.js';

const NOBODY = { agentIds: [], workflowIds: [] };
const at = (percentage: number): FeatureSwitch => ({ enabled: true, rollout: { ...FOR_ALL, percentage } });

describe('a switch', () => {
  it.each<[string, FeatureSwitch, object, boolean, string]>([
    [
      'off',
      { enabled: false, rollout: { ...FOR_ALL, include: { ...NOBODY, agentIds: ['a'] } } },
      { agentId: 'a' },
      false,
      'DISABLED',
    ],
    ['on for all', at(100), {}, true, 'STATIC'],
    ['on for a share, asked for nobody', at(99.99), {}, false, 'SPLIT'],
    ['on for nobody', at(0), { agentId: 'a' }, false, 'SPLIT'],
    [
      'on for an agent by name',
      { enabled: true, rollout: { percentage: 0, include: { ...NOBODY, agentIds: ['a'] }, exclude: NOBODY } },
      { agentId: 'a', workflowId: 'w' },
      true,
      'TARGETING_MATCH',
    ],
    [
      'on for a workflow by name',
      {
        enabled: true,
        rollout: { percentage: 0, include: { ...NOBODY, workflowIds: ['w'] }, exclude: NOBODY },
      },
      { workflowId: 'w' },
      true,
      'TARGETING_MATCH',
    ],
    [
      'off for an agent in a workflow that is in',
      {
        enabled: true,
        rollout: {
          percentage: 100,
          include: { ...NOBODY, workflowIds: ['w'] },
          exclude: { ...NOBODY, agentIds: ['a'] },
        },
      },
      { agentId: 'a', workflowId: 'w' },
      false,
      'TARGETING_MATCH',
    ],
  ])('%s', (_name, setting, subject, value, reason) =>
    expect(decideSwitch('f', setting, subject)).toEqual({ value, reason }),
  );

  it('never takes a feature from a subject while its share grows', () => {
    fc.assert(
      fc.property(
        fc.uuid(),
        fc.integer({ min: 0, max: 10_000 }),
        fc.integer({ min: 0, max: 10_000 }),
        (workflowId, one, other) => {
          const [less, more] = [Math.min(one, other) / 100, Math.max(one, other) / 100];
          const has = (percentage: number) => decideSwitch('f', at(percentage), { workflowId }).value;
          return !has(less) || has(more);
        },
      ),
    );
  });

  it('is about the workflow, whichever agent works for it', () => {
    fc.assert(
      fc.property(fc.uuid(), fc.uuid(), (workflowId, agentId) =>
        expect(decideSwitch('f', at(50), { workflowId, agentId })).toEqual(
          decideSwitch('f', at(50), { workflowId }),
        ),
      ),
    );
  });

  it('puts the same subject in the same bucket for ever', () => {
    expect(bucketOf('dynamic_inference', '0190a6c4-0000-7000-8000-000000000001')).toBe(6118);
    expect(bucketOf('llm_planning', '0190a6c4-0000-7000-8000-000000000001')).toBe(205);
  });

  it('fills its buckets evenly', () => {
    const count = 20_000;
    const ids = Array.from({ length: count }, (_, index) => `subject ${index}`);
    const share = ids.filter((workflowId) => decideSwitch('f', at(10), { workflowId }).value).length / count;
    expect(share).toBeGreaterThan(0.09);
    expect(share).toBeLessThan(0.11);
  });
});
