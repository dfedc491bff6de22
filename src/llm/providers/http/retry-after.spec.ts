import { expect, it } from '@jest/globals';
import { readRetryAfter } from './retry-after.js';

const NOW = Date.parse('2026-03-01T12:00:00Z');

it.each([
  [{ 'retry-after': '30' }, 30_000],
  [{ 'retry-after': '0' }, 0],
  [{ 'retry-after': '1.5' }, 1500],
  [{ 'retry-after': '3600' }, 3_600_000],
  [{ 'retry-after': 'Sun, 01 Mar 2026 12:00:45 GMT' }, 45_000],
  [{ 'retry-after': 'Sun, 01 Mar 2026 11:00:00 GMT' }, 0],
  [{ 'retry-after-ms': '250', 'retry-after': '30' }, 250],
  [{ 'retry-after-ms': 'soon', 'retry-after': '30' }, 30_000],
  [{ 'retry-after': 'soon' }, undefined],
  [{ 'retry-after': '-5' }, undefined],
  [{ 'retry-after': '' }, undefined],
  [{}, undefined],
])('reads %j', (headers, expected) => {
  expect(readRetryAfter(new Headers(Object.entries(headers)), NOW)).toBe(expected);
});
