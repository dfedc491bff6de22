import { describe, expect, it } from '@jest/globals';
import { cronProblems } from './cron-problems.js';

describe('cronProblems', () => {
  it.each([
    '* * * * *',
    ' 5,0  8-18/5 */10 jan,DEC Mon-wed ',
    '\t0\n0 * * *',
    '0-59/15,7 */2 1-31 1-12 0-7',
    '0 0 * * sat-sun',
    '0 0 29 feb 5-7',
  ])('has none for %j', (text) => {
    expect(cronProblems(text)).toEqual([]);
  });

  it.each([
    ['60 * * * *', 'minute: "60"', '0–59'],
    ['* 24 * * *', 'hour: "24"', '0–23'],
    ['* * 0 * *', 'day of month: "0"', '1–31'],
    ['* * * 13 *', 'month: "13"', '1–12'],
    ['* * * * 8', 'day of week: "8"', '0–7'],
    ['* * * mon *', 'month: "mon"', '1–12'],
    ['jan * * * *', 'minute: "jan"', '0–59'],
    ['* * * * monday', 'day of week: "monday"', '0–7'],
    ['5-70 * * * *', 'minute: "5-70"', '0–59'],
    ['10-5 * * * *', 'minute: "10-5"', '0–59'],
    ['* * * * fri-mon', 'day of week: "fri-mon"', '0–7'],
    ['*/0 * * * *', 'minute: "*/0"', '0–59'],
    ['*/61 * * * *', 'minute: "*/61"', '0–59'],
    ['5/15 * * * *', 'minute: "5/15"', '0–59'],
    ['1,,2 * * * *', 'minute: ""', '0–59'],
    ['H * * * *', 'minute: "H"', '0–59'],
    ['* * L * *', 'day of month: "L"', '1–31'],
    ['* * 15W * *', 'day of month: "15W"', '1–31'],
    ['* * ? * *', 'day of month: "?"', '1–31'],
    ['* * * * fri#2', 'day of week: "fri#2"', '0–7'],
    ['* * * * 5L', 'day of week: "5L"', '0–7'],
    ['* * 1 * +mon', 'day of week: "+mon"', '0–7'],
    ['-5 * * * *', 'minute: "-5"', '0–59'],
    ['1e1 * * * *', 'minute: "1e1"', '0–59'],
  ])('refuses %s', (text, where, values) => {
    expect(cronProblems(text)).toEqual([
      `${where} is no value, ascending range or step of a range in ${values}`,
    ]);
  });

  it('names everything that is wrong', () => {
    expect(cronProblems('60,5,x 5 * x 9').map((problem) => problem.split(' is ')[0])).toEqual([
      'minute: "60"',
      'minute: "x"',
      'month: "x"',
      'day of week: "9"',
    ]);
  });

  it.each([
    ['0 * * * * *', 'seconds are not supported'],
    ['* * * *', 'got "* * * *"'],
    ['0 0 1 1 * * 2027', 'got "0 0 1 1 * * 2027"'],
    ['@daily', 'got "@daily"'],
    ['2027-01-01T00:00:00', 'got "2027-01-01T00:00:00"'],
    ['', 'got ""'],
    [' ', 'got " "'],
  ])('refuses %j, which has not five fields', (text, why) => {
    const fields = 'minute, hour, day of month, month, day of week';
    expect(cronProblems(text)).toEqual([`expected five fields (${fields}); ${why}`]);
  });
});
