import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { byChance, fitChoices, probabilities, scoreOf } from './choice-model.js';

const weights = (...values: number[]) => Float64Array.from(values);
function fitted(...args: Parameters<typeof fitChoices>) {
  const steps = fitChoices(...args);
  for (;;) {
    const { done, value } = steps.next();
    if (done === true) return value;
  }
}

describe('probabilities', () => {
  it('weighs what is offered by its score', () => {
    expect(scoreOf(weights(1, 2), weights(3, -1))).toBe(1);
    const [one, two] = probabilities([weights(Math.log(3)), weights(0)], weights(1));
    expect([one, two]).toEqual([expect.closeTo(0.75), expect.closeTo(0.25)]);
  });

  it('are shares of 1 whatever the scores', () => {
    const score = fc.double({ min: -1e6, max: 1e6, noNaN: true });
    fc.assert(
      fc.property(fc.array(score, { minLength: 1, maxLength: 20 }), (scores) => {
        const chances = probabilities(
          scores.map((each) => weights(each)),
          weights(1),
        );
        expect(chances.reduce((sum, chance) => sum + chance, 0)).toBeCloseTo(1);
        expect(chances.every((chance) => chance >= 0 && chance <= 1)).toBe(true);
      }),
    );
  });

  it('are none of nothing', () => {
    expect(probabilities([], weights(1))).toEqual([]);
  });
});

it('ranks by chance, equally likely ones in their order', () => {
  expect(byChance([0.2, 0.5, 0.2 + 1e-12, 0.1])).toEqual([1, 0, 2, 3]);
});

describe('fitChoices', () => {
  const prior = weights(0, 0);
  /** The one with more of the first feature was always taken; the second says nothing. */
  const choices = [1, 2, 3, 4].map((at) => ({
    offered: [weights(at, at % 2), weights(0, at % 2)],
    wanted: [1, 0],
  }));

  it('learns which feature decides', () => {
    const [first = 0, second = 0] = fitted(choices, prior, 0.1);
    expect(first).toBeGreaterThan(0.5);
    expect(second).toBeCloseTo(0);
  });

  it('stays with what was thought before without choices, and near it with a large penalty', () => {
    expect([...fitted([], weights(3, -1), 1)]).toEqual([3, -1]);
    const [first = 0] = fitted(choices, prior, 1e6);
    expect(Math.abs(first)).toBeLessThan(0.05);
  });

  it('learns the same whatever the unit of a feature', () => {
    const inCents = choices.map(({ offered, wanted }) => ({
      wanted,
      offered: offered.map(([first = 0, second = 0]) => weights(first * 100, second)),
    }));
    const [euros = 0] = fitted(choices, prior, 1);
    const [cents = 0] = fitted(inCents, prior, 1);
    expect(cents * 100).toBeCloseTo(euros);
  });

  it('takes shares of 1 as they are', () => {
    const even = [{ offered: [weights(1), weights(0)], wanted: [0.75, 0.25] }];
    const [first = 0] = fitted(even, weights(0), 0);
    expect(probabilities([weights(1), weights(0)], weights(first))[0]).toBeCloseTo(0.75, 1);
  });
});
