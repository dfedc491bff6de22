import { describe, expect, it } from '@jest/globals';
import { planFire } from './plan-fire.js';

/** Planned in UTC: the time that is fired, the next one. */
function planned(text: string, dueAt: string, now: string): [string | null, string] {
  const plan = planFire({ cron: text, timeZone: 'UTC' }, new Date(`${dueAt}:00Z`), new Date(now));
  return [plan.fireTime?.toISOString().slice(0, 16) ?? null, plan.nextFireAt.toISOString().slice(0, 16)];
}

describe('planFire', () => {
  it('fires what is due and goes on with the next', () => {
    expect(planned('0 9 * * *', '2026-11-22T09:00', '2026-11-22T09:00:00.400Z')).toEqual([
      '2026-11-22T09:00',
      '2026-11-23T09:00',
    ]);
  });

  it('of several that were missed fires the latest', () => {
    expect(planned('* * * * *', '2026-11-22T03:00', '2026-11-22T09:00:30Z')).toEqual([
      '2026-11-22T09:00',
      '2026-11-22T09:01',
    ]);
    expect(planned('*/20 * * * *', '2026-11-22T03:00', '2026-11-22T09:19:30Z')).toEqual([
      '2026-11-22T09:00',
      '2026-11-22T09:20',
    ]);
    expect(planned('0 3,4 * * *', '2026-11-20T03:00', '2026-11-22T09:00:30Z')).toEqual([
      '2026-11-22T04:00',
      '2026-11-23T03:00',
    ]);
  });

  it('fires what is a day late and nothing older', () => {
    expect(planned('0 9 * * 0', '2026-11-22T09:00', '2026-11-23T09:00:00.000Z')).toEqual([
      '2026-11-22T09:00',
      '2026-11-29T09:00',
    ]);
    expect(planned('0 9 * * 0', '2026-11-22T09:00', '2026-11-23T09:00:00.001Z')).toEqual([
      null,
      '2026-11-29T09:00',
    ]);
  });

  it('fires the latest one that is exactly a day late', () => {
    expect(planned('0 9 * * 0', '2026-11-15T09:00', '2026-11-23T09:00:00.000Z')).toEqual([
      '2026-11-22T09:00',
      '2026-11-29T09:00',
    ]);
  });

  it('does not go back behind what was due', () => {
    // The rules of a zone may change after a time was announced.
    expect(planned('0 9 * * *', '2026-11-22T10:30', '2026-11-22T10:30:01Z')).toEqual([
      '2026-11-22T10:30',
      '2026-11-23T09:00',
    ]);
    expect(planned('0 * * * *', '2026-11-22T09:00', '2026-11-22T09:59:59Z')).toEqual([
      '2026-11-22T09:00',
      '2026-11-22T10:00',
    ]);
  });
});
