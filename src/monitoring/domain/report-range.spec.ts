import { describe, expect, it } from '@jest/globals';
import { toRange } from './report-range.js';

const NOW = new Date('2026-11-27T10:00:00.000Z');
const times = (given: { from?: string; to?: string }) => {
  const checked = toRange(given, NOW);
  return 'range' in checked
    ? [checked.range.from.toISOString(), checked.range.to.toISOString()]
    : checked.issue.message;
};

describe('toRange', () => {
  it.each([
    [{}, ['2026-10-28T10:00:00.000Z', '2026-11-27T10:00:00.000Z']],
    [{ to: '2026-03-31' }, ['2026-03-01T00:00:00.000Z', '2026-03-31T00:00:00.000Z']],
    [{ from: '2026-11-27T08:00:00+02:00' }, ['2026-11-27T06:00:00.000Z', '2026-11-27T10:00:00.000Z']],
    [{ from: '2025-11-26T10:00:00Z' }, ['2025-11-26T10:00:00.000Z', '2026-11-27T10:00:00.000Z']],
  ])('%j', (given, expected) => {
    expect(times(given)).toEqual(expected);
  });

  it.each([
    [{ from: '2026-11-27T10:00:00Z' }, /^Must be before the end of the range, 2026-11-27T10:00:00.000Z/],
    [{ from: '2026-02-02', to: '2026-02-01' }, /^Must be before/],
    [{ from: '2025-11-26T09:59:59Z' }, /^The range has 367 days, but at most 366/],
  ])('%j is refused', (given, message) => {
    expect(times(given)).toMatch(message);
  });
});
