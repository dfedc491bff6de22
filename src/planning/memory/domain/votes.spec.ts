import { describe, expect, it } from '@jest/globals';
import { chained, type RememberedPlan, shapeKey } from './remembered-plan.js';
import { Votes } from './votes.js';

const plan = (taskTypes: string[], isAccepted = true): RememberedPlan => ({
  ...{ id: taskTypes.join(), request: '', steps: [], author: null, isAccepted },
  ...chained(taskTypes),
});

describe('Votes', () => {
  const votes = new Votes(
    [
      { plan: plan(['a', 'b']), weight: 1, isSame: false },
      { plan: plan(['a', 'c']), weight: 0.5, isSame: false },
      { plan: plan(['a', 'b']), weight: 0.5, isSame: false },
    ],
    0.5,
  );

  it('counts task types and plans by the weight of the neighbours', () => {
    expect([votes.vote('a'), votes.vote('b'), votes.vote('c'), votes.vote('d')]).toEqual([1, 0.75, 0.25, 0]);
    expect(votes.plans.get(shapeKey(chained(['a', 'b'])))).toMatchObject({ share: 0.75, count: 2 });
  });

  it('knows what comes before what', () => {
    expect(votes.precedence('a', 'b')).toBeCloseTo(Math.log(0.8 / 0.05));
    expect(votes.precedence('b', 'a')).toBeCloseTo(-Math.log(0.8 / 0.05));
    expect(votes.precedence('b', 'c')).toBe(0);
  });

  it('knows what follows what, and how plans begin and end', () => {
    expect(votes.flow(['a', 'b'])).toBeCloseTo(Math.log((0.75 + 0.02) / (1 + 0.2)));
    expect(votes.flow(['a', 'b'])).toBeGreaterThan(votes.flow(['b', 'a']));
    expect([votes.flow(['a']), votes.flow([])]).toEqual([0, 0]);
    expect(votes.ends(['a', 'b'])).toBeGreaterThan(votes.ends(['b', 'a']));
  });

  it('holds a rejected plan against the plan, not against its task types', () => {
    const { plans, types } = new Votes(
      [
        { plan: plan(['a']), weight: 1, isSame: false },
        { plan: plan(['b'], false), weight: 1, isSame: false },
      ],
      0.5,
    );
    expect([types.get('a'), types.get('b')]).toEqual([1, undefined]);
    expect(plans.get(shapeKey(chained(['b'])))).toMatchObject({ share: -0.5, count: 0 });
  });

  it('says nothing of nobody', () => {
    const nobody = new Votes([], 0.5);
    expect([nobody.vote('a'), nobody.precedence('a', 'b'), nobody.flow(['a', 'b'])]).toEqual([
      ...[0, 0, expect.closeTo(Math.log(0.1))],
    ]);
  });
});
