import { describe, expect, it } from '@jest/globals';
import { readKeyCommand } from './read-key-command.js';

describe('npm run key', () => {
  it.each([
    [
      'create --name ci --scopes runs:*,agents:read --expires 90d',
      { kind: 'create', name: 'ci', scopes: ['runs:*', 'agents:read'], expiresInMs: 7_776_000_000 },
    ],
    ['create --name ci --scopes *', { kind: 'create', name: 'ci', scopes: ['*'], expiresInMs: null }],
    ['list', { kind: 'list' }],
    ['rotate abc', { kind: 'rotate', id: 'abc', overlapMs: 86_400_000 }],
    ['rotate abc --overlap 30m', { kind: 'rotate', id: 'abc', overlapMs: 1_800_000 }],
    ['revoke abc', { kind: 'revoke', id: 'abc' }],
  ])('takes %s', (text, command) => expect(readKeyCommand(text.split(' '))).toEqual({ command }));

  it.each([
    ['', 'Say what to do.'],
    ['burn', 'There is no command "burn".'],
    ['create --scopes *', 'Say with --name who gets the key.'],
    ['create --name ci', 'Say with --scopes what it may do.'],
    [
      'create --name ci --scopes * --expires soon',
      '--expires is "soon" but has to be a time like 24h or 90d.',
    ],
    ['revoke', 'Say which key to revoke.'],
    ['revoke a b', 'b is too much.'],
  ])('says what is wrong with "%s"', (text, problem) =>
    expect(readKeyCommand(text.split(' ').filter(Boolean))).toEqual({ problem }),
  );

  it('names an option that does not exist', () => {
    expect(readKeyCommand(['list', '--all'])).toMatchObject({ problem: expect.stringContaining("'--all'") });
  });
});
