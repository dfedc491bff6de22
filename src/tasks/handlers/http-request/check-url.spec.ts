import { expect, it } from '@jest/globals';
import { CheckBudget } from '../../domain/check-budget.js';
import { checkUrl } from './check-url.js';

it.each([
  ['https://example.com/a?b=c#d', []],
  ['http://127.0.0.1/', []],
  ['ftp://x', ['invalid_url']],
  ['/relative', ['invalid_url']],
  ['https://ada:s3cret@example.com/', ['invalid_url']],
])('the URL %s has the issues %j', (url, codes) => {
  const issues = checkUrl(url, new CheckBudget());
  expect(issues.map(({ code }) => code)).toEqual(codes);
  expect(JSON.stringify(issues)).not.toContain('s3cret');
});

it('a name that takes long to normalise is left to the run', () => {
  expect(checkUrl(`http://${'\u0300\u0323'.repeat(6_000)}`, new CheckBudget())).toEqual([]);
});
