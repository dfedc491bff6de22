import { describe, expect, it } from '@jest/globals';
import { MAX_RETRIES, retryDelayMs } from './back-off.js';

const delays = (random: number): number[] =>
  Array.from({ length: MAX_RETRIES }, (_, index) => retryDelayMs(index + 1, random) ?? NaN);

describe('retryDelayMs', () => {
  it('grows threefold from 3 s to 16 h', () => {
    expect(delays(0.5).map((ms) => ms / 1000)).toEqual([
      3, 9, 27, 81, 243, 729, 2_187, 6_561, 19_683, 59_049,
    ]);
  });

  it('takes about a day for all ten', () => {
    const hours = delays(0.5).reduce((sum, ms) => sum + ms, 0) / 3_600_000;
    expect(hours).toBeGreaterThan(24);
    expect(hours).toBeLessThan(25);
  });

  it('moves by a fifth in both directions', () => {
    expect([retryDelayMs(3, 0), retryDelayMs(3, 1)]).toEqual([21_600, 32_400]);
  });

  it('ends after ten', () => {
    expect([retryDelayMs(10, 0.5), retryDelayMs(11, 0.5)]).toEqual([59_049_000, null]);
  });
});
