import { describe, expect, it } from '@jest/globals';
import { available, type Budget, inPeriod, periodStartOf } from './budget.js';

const DEFAULTS = { total: 100n, workflow: 10n };
export const budget = (changes: Partial<Budget> = {}): Budget => ({
  scope: 'total',
  limit: null,
  spent: 0n,
  reserved: 0n,
  overrun: 0n,
  refusedCount: 0n,
  period: 'none',
  periodStart: null,
  periodBase: 0n,
  closedAt: null,
  ...changes,
});

describe('available', () => {
  it('is what neither was spent nor is reserved', () => {
    expect(available(budget({ limit: 50n, spent: 20n, reserved: 7n }), DEFAULTS)).toBe(23n);
  });

  it.each([
    ['total', 100n],
    ['workflow:w', 10n],
    ['run:r', null],
    ['agent:a', null],
  ] as const)('of %s without a limit of its own is by default %s', (scope, expected) => {
    expect(available(budget({ scope }), DEFAULTS)).toBe(expected);
  });

  it('is never below zero: lowering a limit only closes', () => {
    expect(available(budget({ limit: 5n, spent: 20n }), DEFAULTS)).toBe(0n);
  });

  it('is nothing once a call cost more than its bound', () => {
    expect(available(budget({ limit: 50n, closedAt: new Date(0) }), DEFAULTS)).toBe(0n);
  });
});

describe('a period', () => {
  const now = new Date('2026-11-23T15:00:00Z');

  it('begins at midnight UTC or with the month', () => {
    expect(periodStartOf('day', now)?.toISOString()).toBe('2026-11-23T00:00:00.000Z');
    expect(periodStartOf('month', now)?.toISOString()).toBe('2026-11-01T00:00:00.000Z');
    expect(periodStartOf('none', now)).toBeNull();
  });

  it('counts what was spent before it as nothing', () => {
    const old = budget({
      limit: 50n,
      spent: 48n,
      period: 'day',
      periodStart: new Date('2026-11-22T00:00:00Z'),
    });
    expect(available(old, DEFAULTS)).toBe(2n);
    expect(available(inPeriod(old, now), DEFAULTS)).toBe(50n);
  });

  it('is not begun twice, nor when the clock goes back', () => {
    const current = inPeriod(budget({ limit: 50n, spent: 48n, period: 'day' }), now);
    const later = { ...current, spent: 60n };
    expect(inPeriod(later, now)).toBe(later);
    expect(inPeriod(later, new Date('2026-11-22T23:00:00Z'))).toBe(later);
    expect(available(later, DEFAULTS)).toBe(38n);
  });
});
