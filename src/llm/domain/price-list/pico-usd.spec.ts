import { describe, expect, it } from '@jest/globals';
import { picoUsdPerToken } from './pico-usd.js';

describe('a printed price', () => {
  it.each([
    ['0', 0],
    ['0.000001', 1],
    ['0.005', 5_000],
    ['0.125', 125_000],
    ['0.29', 290_000],
    ['1.15', 1_150_000],
    ['22.5', 22_500_000],
    ['270', 270_000_000],
    ['999.999999', 999_999_999],
  ])('of $%s per million tokens is %d pico-dollars per token', (printed, pico) => {
    expect(picoUsdPerToken(printed)).toBe(pico);
  });

  it.each(['', '.5', '5.', '-1', '+1', '1e3', '0x10', ' 1', '1,5', '0.0000001', '1000', 'NaN', '1.2.3'])(
    'written as "%s" is refused',
    (printed) => {
      expect(() => picoUsdPerToken(printed)).toThrow(RangeError);
    },
  );
});
