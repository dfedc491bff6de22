import { describe, expect, it } from '@jest/globals';
import { withoutKnown } from './known-texts.js';

describe('known texts', () => {
  it.each([
    [['secret'], 'my secret is a secret', 'my [redacted] is a [redacted]'],
    [['secret', 'my secret'], 'tell my secret!', 'tell [redacted]!'],
    [['abcdef', 'defghi'], 'xabcdefghiy', 'x[redacted]y'],
    [['aaaaaa'], 'aaaaaaaaab', '[redacted]b'],
    [['secret'], 'secretsecret', '[redacted]'],
    [['abcdef', 'xyzxyz'], 'xyzxyz-abcdef', '[redacted]-[redacted]'],
    [['secret'], 'nothing to see', 'nothing to see'],
    [[], 'secret', 'secret'],
  ])('%j are taken out of %j', (known, text, expected) => {
    expect(withoutKnown(known)(text)).toBe(expected);
  });
});
