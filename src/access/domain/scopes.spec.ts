import { describe, expect, it } from '@jest/globals';
import { isGranted, SCOPES, unknownScopes } from './scopes.js';

describe('scopes', () => {
  it.each<[string, readonly string[]]>([
    ['*', ['runs:read', 'runs:write', 'tasks:read', 'tasks:write', 'task-types:read']],
    ['runs:*', ['runs:read', 'runs:write']],
    ['*:read', ['runs:read', 'tasks:read', 'task-types:read']],
    ['runs:write', ['runs:write']],
    ['tasks:*', ['tasks:read', 'tasks:write']],
    ['runs', []],
    ['', []],
    ['*:*', []],
  ])('%s grants what it says', (granted, expected) => {
    const asked = SCOPES.filter((scope) => /^(runs|tasks|task-types):/.test(scope));
    expect(asked.filter((scope) => isGranted([granted], scope))).toEqual(expected);
  });

  it('are not needed for what is public', () => expect(isGranted([], 'public')).toBe(true));

  it('that grant nothing are told apart', () => {
    expect(unknownScopes(['runs:read', 'run:read', 'runs:delete', '*', 'public', 'magic:*'])).toEqual([
      'run:read',
      'runs:delete',
      'public',
      'magic:*',
    ]);
  });
});
