import { describe, expect, it } from '@jest/globals';
import { calibrate, chanceOf, type Trial, wilsonLowerBound } from './confidence.js';

function calibrated(trials: readonly Trial[], target: number) {
  const steps = calibrate(trials, target);
  for (;;) {
    const { done, value } = steps.next();
    if (done === true) return value;
  }
}
const trial = (signal: number, isRight: boolean): Trial => ({ signals: Float64Array.of(1, signal), isRight });

describe('wilsonLowerBound', () => {
  // (p + z²/2n − z √(p(1−p)/n + z²/4n²)) / (1 + z²/n) with z = 1.645, worked out by hand.
  it.each([
    [0, 0, 0],
    [0, 10, 0],
    [10, 10, 0.787],
    [95, 100, 0.9008],
    [50, 100, 0.4189],
  ])('%d of %d', (right, all, bound) => {
    expect(wilsonLowerBound(right, all)).toBeCloseTo(bound, 3);
  });
});

it('turns signals into a chance', () => {
  expect(chanceOf(Float64Array.of(1, 2), Float64Array.of(0, 0))).toBe(0.5);
  expect(chanceOf(Float64Array.of(1, 2), Float64Array.of(-1, Math.log(9) / 2 + 0.5))).toBeCloseTo(0.9);
});

describe('calibrate', () => {
  const clear = Array.from({ length: 400 }, (_, at) => trial(at % 4 < 2 ? 2 : -2, at % 4 < 2));

  it('finds from where on answers are right', () => {
    const { threshold, coverage, precision, weights } = calibrated(clear, 0.9);
    expect(precision).toBe(1);
    expect(coverage).toBeCloseTo(0.5);
    expect(chanceOf(Float64Array.of(1, 2), weights)).toBeGreaterThanOrEqual(threshold ?? Infinity);
    expect(chanceOf(Float64Array.of(1, -2), weights)).toBeLessThan(threshold ?? -Infinity);
  });

  it.each([
    ['nothing tells right from wrong', Array.from({ length: 400 }, (_, at) => trial(1, at % 4 < 2)), 0.9],
    ['there are few trials', clear.slice(0, 36), 0.9],
    ['no number of trials proves as much', clear, 1],
    ['there are none', [], 0.9],
  ])('is never sure where %s', (_, trials, target) => {
    expect(calibrated(trials, target)).toMatchObject({ threshold: null, coverage: 0, precision: 0 });
  });

  it('wants the precision to be at least the target, by its lower bound', () => {
    const mixed = Array.from({ length: 1_000 }, (_, at) =>
      trial(at % 4 < 2 ? 2 : -2, at % 4 < 2 && at % 40 > 1),
    );
    expect(calibrated(mixed, 0.85).precision).toBeCloseTo(0.9);
    expect(calibrated(mixed, 0.9).threshold).toBeNull();
  });
});
