import { expect, it } from '@jest/globals';
import { countWith, countWithout, tokenCount } from './read-counts.js';

it.each([
  [[10, 3, 2], 5],
  [[10, 10], 0],
  [[10, undefined, 2], 8],
  [[undefined, 3], undefined],
  [[10, 11], undefined],
] as const)('without: %j is %p', ([total, ...parts], expected) => {
  expect(countWithout(total, ...parts)).toBe(expected);
});

it.each([
  [[10, 3, 2], 15],
  [[10, undefined], 10],
  [[undefined, 3], undefined],
] as const)('with: %j is %p', ([first, ...more], expected) => {
  expect(countWith(first, ...more)).toBe(expected);
});

it.each([-1, 1.5, '7', null, NaN, Infinity])('takes %p for a count that was not given', (value) => {
  expect(tokenCount.parse(value)).toBeUndefined();
});
