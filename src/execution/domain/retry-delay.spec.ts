import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { retryDelayMs, unitHash } from './retry-delay.js';

const retry = { maxAttempts: 9, initialDelaySeconds: 2, maxDelaySeconds: 30 };

describe('the delay before a retry', () => {
  it.each([
    [1, 1_000, 2_000],
    [2, 2_000, 4_000],
    [3, 4_000, 8_000],
    [4, 8_000, 16_000],
    [5, 15_000, 30_000],
    [99, 15_000, 30_000],
    [5_000, 15_000, 30_000],
  ])('after %d failed attempts is between %d and %d ms', (failed, least, most) => {
    const delays = Array.from({ length: 200 }, (_, index) => retryDelayMs(retry, failed, `task:${index}`));
    expect(Math.min(...delays)).toBeGreaterThanOrEqual(least);
    expect(Math.max(...delays)).toBeLessThanOrEqual(most);
    // Spread over the whole half, or many clients would come back together.
    expect(Math.max(...delays) - Math.min(...delays)).toBeGreaterThan(0.9 * (most - least));
  });

  it.each([
    [undefined, 1_000, 2_000],
    [60, 60_000, 60_000],
    [3_600, 3_600_000, 3_600_000],
    [86_400, 3_600_000, 3_600_000],
    [Infinity, 3_600_000, 3_600_000],
    [-5, 1_000, 2_000],
    [Number.NaN, 1_000, 2_000],
  ])('with %d s asked for by the other side is between %d and %d ms', (asked, least, most) => {
    const delay = retryDelayMs(retry, 1, 'task:1', asked);
    expect(delay).toBeGreaterThanOrEqual(least);
    expect(delay).toBeLessThanOrEqual(most);
  });

  it('is the same for the same text and never leaves its bounds', () => {
    fc.assert(
      fc.property(fc.string(), fc.integer({ min: 1, max: 100 }), (key, failed) => {
        const delay = retryDelayMs(retry, failed, key);
        expect(delay).toBe(retryDelayMs(retry, failed, key));
        expect(delay).toBeGreaterThanOrEqual(1_000);
        expect(delay).toBeLessThanOrEqual(30_000);
        expect(unitHash(key)).toBeLessThan(1);
        expect(unitHash(key)).toBeGreaterThanOrEqual(0);
      }),
    );
  });

  it('may be nothing', () => {
    expect(retryDelayMs({ ...retry, initialDelaySeconds: 0 }, 3, 'a')).toBe(0);
  });
});
