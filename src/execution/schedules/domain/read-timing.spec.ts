import { describe, expect, it } from '@jest/globals';
import { readTiming } from './read-timing.js';

const NOW = new Date('2026-11-22T12:00:00Z');
const issuesOf = (cron: string, timeZone: string): unknown => {
  const timing = readTiming({ cron, timeZone }, NOW);
  return 'issues' in timing ? timing.issues.map(({ code, pointer }) => `${code} ${pointer}`) : [];
};

describe('readTiming', () => {
  it('says when it fires first', () => {
    expect(readTiming({ cron: '0 9 * * *', timeZone: 'Europe/Berlin' }, NOW)).toMatchObject({
      nextFireAt: new Date('2026-11-23T08:00:00Z'),
    });
  });

  it.each([
    ['0 9 * *', 'UTC', ['invalid_cron /cron']],
    ['0 0 30 2 *', 'UTC', ['invalid_cron /cron']],
    ['0 9 * * *', 'Europe/Nowhere', ['invalid_time_zone /timeZone']],
    ['0 9 * * *', '+02:00', ['invalid_time_zone /timeZone']],
    ['0 9 * * *', '', ['invalid_time_zone /timeZone']],
    ['x', 'Europe/Nowhere', ['invalid_cron /cron', 'invalid_time_zone /timeZone']],
    ['0 0 30 2 *', 'Europe/Nowhere', ['invalid_cron /cron', 'invalid_time_zone /timeZone']],
  ])('refuses %j in %j', (cron, timeZone, issues) => {
    expect(issuesOf(cron, timeZone)).toEqual(issues);
  });

  it.each(['UTC', 'utc', 'europe/berlin', 'US/Pacific', 'Etc/GMT+3'])('takes the zone %s', (timeZone) => {
    expect(issuesOf('0 9 * * *', timeZone)).toEqual([]);
  });

  it('names what is wrong', () => {
    expect(readTiming({ cron: '61 * * 13 *', timeZone: 'Berlin' }, NOW)).toEqual({
      issues: [
        {
          code: 'invalid_cron',
          pointer: '/cron',
          message:
            'Minute: "61" is no value, ascending range or step of a range in 0–59; month: "13" is no value, ascending range or step of a range in 1–12.',
        },
        {
          code: 'invalid_time_zone',
          pointer: '/timeZone',
          message: '"Berlin" is no name of the time zone database, as "Europe/Berlin" is.',
        },
      ],
    });
    expect(readTiming({ cron: '0 0 30 2 *', timeZone: 'UTC' }, NOW)).toMatchObject({
      issues: [{ message: 'It never fires: there is no such day.' }],
    });
  });
});
