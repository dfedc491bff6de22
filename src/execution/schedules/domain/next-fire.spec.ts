import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { lastFire, nextFire } from './next-fire.js';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const BERLIN = 'Europe/Berlin';

/** The next fires after an instant, as minutes in UTC. */
function fires(text: string, timeZone: string, after: string, count: number): string[] {
  const found: string[] = [];
  let at = new Date(after);
  while (found.length < count) {
    at = nextFire({ cron: text, timeZone }, at) as Date;
    found.push(at.toISOString().slice(0, 16));
  }
  return found;
}

describe('nextFire', () => {
  it.each([
    ['0 9 * * 1-5', '2026-11-27T09:00', ['2026-11-30T09:00', '2026-12-01T09:00']],
    ['*/15 * * * *', '2026-11-22T23:40', ['2026-11-22T23:45', '2026-11-23T00:00', '2026-11-23T00:15']],
    ['0 0 31 * *', '2026-11-01T00:00', ['2026-12-31T00:00', '2027-01-31T00:00', '2027-03-31T00:00']],
    ['0 0 29 2 *', '2096-03-01T00:00', ['2104-02-29T00:00']],
    ['30 4 1,15 * 5', '2026-11-22T00:00', ['2026-11-27T04:30', '2026-12-01T04:30', '2026-12-04T04:30']],
    ['0 0 */10 * 1', '2026-11-22T00:00', ['2026-11-23T00:00', '2026-11-30T00:00', '2026-12-01T00:00']],
    ['0 0 * * 0-7/7', '2026-11-22T00:00', ['2026-11-29T00:00']],
    ['0 0 * * sat-sun', '2026-11-22T00:00', ['2026-11-28T00:00', '2026-11-29T00:00', '2026-12-05T00:00']],
  ])('of %s after %s', (text, after, expected) => {
    expect(fires(text, 'UTC', `${after}:00Z`, expected.length)).toEqual(expected);
  });

  it('is after the instant, not at it', () => {
    expect(fires('0 9 * * *', 'UTC', '2026-11-22T09:00:00.000Z', 1)).toEqual(['2026-11-23T09:00']);
    expect(fires('0 9 * * *', 'UTC', '2026-11-22T08:59:59.999Z', 1)).toEqual(['2026-11-22T09:00']);
  });

  it('goes by the clocks of the zone', () => {
    expect(fires('0 9 * * *', BERLIN, '2026-10-24T00:00:00Z', 2)).toEqual([
      '2026-10-24T07:00',
      '2026-10-25T08:00',
    ]);
    expect(fires('0 0 1 * *', 'Asia/Kathmandu', '2026-11-22T00:00:00Z', 1)).toEqual(['2026-11-30T18:15']);
    expect(fires('0 22 * * 0', 'America/New_York', '2026-11-22T00:00:00Z', 1)).toEqual(['2026-11-23T03:00']);
  });

  it.each(['0 0 30 2 *', '0 0 31 4,6,9,11 *'])('is null for %s, which never comes', (text) => {
    expect(nextFire({ cron: text, timeZone: BERLIN }, new Date('2026-11-22T00:00:00Z'))).toBeNull();
  });
});

describe('in spring, when Berlin goes from 02:00 to 03:00', () => {
  const before = '2027-03-27T12:00:00Z';

  it('a time that does not exist fires at 03:00, once', () => {
    expect(fires('30 2 * * *', BERLIN, before, 2)).toEqual(['2027-03-28T01:00', '2027-03-29T00:30']);
    expect(fires('0 2,3 * * *', BERLIN, before, 3)).toEqual([
      '2027-03-28T01:00',
      '2027-03-29T00:00',
      '2027-03-29T01:00',
    ]);
    expect(fires('15,45 2,3 * * *', BERLIN, before, 3)).toEqual([
      '2027-03-28T01:00',
      '2027-03-28T01:15',
      '2027-03-28T01:45',
    ]);
    expect(fires('30 2 * * *', BERLIN, '2027-03-28T01:00:00Z', 1)).toEqual(['2027-03-29T00:30']);
  });

  it('with a step it is left out', () => {
    expect(fires('0 */2 * * *', BERLIN, '2027-03-27T23:30:00Z', 1)).toEqual(['2027-03-28T02:00']);
    expect(fires('*/20 2 * * *', BERLIN, before, 1)).toEqual(['2027-03-29T00:00']);
  });

  it('what fires every hour goes on without a gap', () => {
    expect(fires('30 * * * *', BERLIN, '2027-03-27T23:45:00Z', 3)).toEqual([
      '2027-03-28T00:30',
      '2027-03-28T01:30',
      '2027-03-28T02:30',
    ]);
  });
});

describe('in autumn, when Berlin goes from 03:00 back to 02:00', () => {
  const before = '2026-10-24T12:00:00Z';

  it('a time that comes twice fires the first time', () => {
    expect(fires('30 2 * * *', BERLIN, before, 2)).toEqual(['2026-10-25T00:30', '2026-10-26T01:30']);
    expect(fires('0,30 2-4 * * *', BERLIN, before, 3)).toEqual([
      '2026-10-25T00:00',
      '2026-10-25T00:30',
      '2026-10-25T02:00',
    ]);
  });

  it('with a step it fires both times', () => {
    expect(fires('0 */2 * * *', BERLIN, '2026-10-24T23:00:00Z', 3)).toEqual([
      '2026-10-25T00:00',
      '2026-10-25T01:00',
      '2026-10-25T03:00',
    ]);
  });

  it.each(['00:30', '00:45', '01:10', '01:30'])('not again, wherever one looks from: %s', (time) => {
    expect(fires('30 2 * * *', BERLIN, `2026-10-25T${time}:00Z`, 1)).toEqual(['2026-10-26T01:30']);
  });

  it('the first time after it fires once', () => {
    expect(fires('0 3 * * *', BERLIN, before, 2)).toEqual(['2026-10-25T02:00', '2026-10-26T02:00']);
  });

  it('what fires every hour fires in both, in the order of time', () => {
    expect(fires('*/30 * * * *', BERLIN, '2026-10-25T00:00:00Z', 3)).toEqual([
      '2026-10-25T00:30',
      '2026-10-25T01:00',
      '2026-10-25T01:30',
    ]);
    expect(fires('30 * * * *', BERLIN, '2026-10-24T23:45:00Z', 3)).toEqual([
      '2026-10-25T00:30',
      '2026-10-25T01:30',
      '2026-10-25T02:30',
    ]);
  });
});

describe('where clocks change by other steps and at midnight', () => {
  it.each([
    ['Australia/Lord_Howe', '0 2 * * *', '2026-10-03T12:00:00Z', '2026-10-03T15:30'],
    ['Australia/Lord_Howe', '45 1 * * *', '2027-04-03T12:00:00Z', '2027-04-03T14:45'],
    ['Australia/Lord_Howe', '20,40 2 * * *', '2026-10-03T12:00:00Z', '2026-10-03T15:30'],
    ['Antarctica/Troll', '30 2 * * *', '2027-03-28T00:00:00Z', '2027-03-28T01:00'],
    ['America/Havana', '0 0 * * *', '2026-10-31T12:00:00Z', '2026-11-01T04:00'],
    ['Africa/Cairo', '0 0 * * 5', '2027-04-29T12:00:00Z', '2027-04-29T22:00'],
    // Clocks go from Saturday, 23:00 to Sunday, 00:00: nothing of the gap is on Saturday any more.
    ['America/Nuuk', '30 23 * * *', '2027-03-27T12:00:00Z', '2027-03-29T00:30'],
    // Sunday, 00:00 comes before clocks go back from 00:01 to Saturday, 23:01.
    ['America/St_Johns', '0,30 * * * *', '2010-11-07T02:00:00Z', '2010-11-07T02:30'],
  ])('%s, %s after %s', (timeZone, text, after, expected) => {
    expect(fires(text, timeZone, after, 1)).toEqual([expected]);
  });
});

describe('lastFire', () => {
  it.each([
    ['2026-11-22T09:00:00.000Z', '2026-11-22T09:00'],
    ['2026-11-22T09:00:00.400Z', '2026-11-22T09:00'],
    ['2026-11-22T08:59:59.999Z', '2026-11-21T09:00'],
  ])('is at or before %s', (until, expected) => {
    const last = lastFire({ cron: '0 9 * * *', timeZone: 'UTC' }, new Date(until));
    expect(last?.toISOString().slice(0, 16)).toBe(expected);
  });

  it('is the first of two equal times', () => {
    const last = lastFire({ cron: '30 2 * * *', timeZone: BERLIN }, new Date('2026-10-25T01:45:00Z'));
    expect(last).toEqual(new Date('2026-10-25T00:30:00Z'));
  });
});

/** What clocks of Berlin show, as milliseconds as if it were UTC. */
function berlinAt(instant: number): number {
  const shown = new Date(instant).toLocaleString('sv-SE', { timeZone: BERLIN });
  return Date.parse(`${shown.replace(' ', 'T')}Z`);
}

/** Looks at every minute of a few hours around a change of clocks, on days that fit: slow, and in no other way alike. */
function byLooking(
  minutes: ReadonlySet<number>,
  hours: ReadonlySet<number>,
  fixed: boolean,
  from: number,
): number[] {
  const shows = (wall: number): boolean =>
    hours.has(new Date(wall).getUTCHours()) && minutes.has(new Date(wall).getUTCMinutes());
  const found: number[] = [];
  let latest = berlinAt(from);
  for (let at = from + MINUTE_MS; at < from + 8 * HOUR_MS; at += MINUTE_MS) {
    const wall = berlinAt(at);
    let fires = shows(wall) && !(fixed && wall <= latest);
    for (let skipped = latest + MINUTE_MS; fixed && skipped < wall; skipped += MINUTE_MS)
      fires ||= shows(skipped);
    if (fires) found.push(at);
    latest = Math.max(latest, wall);
  }
  return found;
}

describe('any expression', () => {
  const values = (max: number, size: number): fc.Arbitrary<number[]> =>
    fc.uniqueArray(fc.integer({ min: 0, max }), { minLength: 1, maxLength: size });
  const change = fc.constantFrom('2026-10-25T01:00Z', '2027-03-28T01:00Z');

  it('fires when looking at every minute finds it, forwards and backwards', () => {
    fc.assert(
      fc.property(values(59, 4), values(5, 6), fc.boolean(), change, (minutes, hours, fixed, changeAt) => {
        // The same hours with a step, which has them follow what clocks show.
        const hour = fixed ? hours.join() : hours.map((value) => `${value}-${value}/1`).join();
        const timing = { cron: `${minutes.join()} ${hour} * * *`, timeZone: BERLIN };
        const from = Date.parse(changeAt) - 4 * HOUR_MS;
        const expected = byLooking(new Set(minutes), new Set(hours), fixed, from);
        const found: number[] = [];
        let next = nextFire(timing, new Date(from));
        for (; next !== null && next.getTime() < from + 8 * HOUR_MS; next = nextFire(timing, next)) {
          found.push(next.getTime());
          expect(lastFire(timing, next)).toEqual(next);
        }
        expect(found).toEqual(expected);
      }),
      { numRuns: 60 },
    );
  });
});
