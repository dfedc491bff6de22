import { expect, it } from '@jest/globals';
import { checkPath } from './check-path.js';

it.each([
  ['reports/week.csv', []],
  ['./a//b', []],
  ['../x', ['path_not_allowed']],
  ['a/../../x', ['path_not_allowed']],
  ['/etc/passwd', ['path_not_allowed']],
  ['C:\\x', ['path_not_allowed']],
  ['.', ['path_not_allowed']],
])('the path %s has the issues %j', (path, codes) => {
  expect(checkPath(path).map(({ code, pointer }) => code + pointer)).toEqual(codes);
});
