import { describe, expect, it } from '@jest/globals';
import { disproportionate } from '../../../../test/support/linear-time.js';
import { PERSONAL_PATTERNS } from './personal-patterns.js';
import { untilClean } from './until-clean.js';

const clean = untilClean(Object.values(PERSONAL_PATTERNS));

describe('personal data', () => {
  it.each([
    ['write to ada.lovelace+x@mail.example.org.', 'write to [redacted].'],
    ['<jürgen@bücher.example>', '<[redacted]>'],
    ['call +49 (0)170 1234567 today', 'call [redacted] today'],
    ['tel:+1-202-555-0142', 'tel:[redacted]'],
    ['0041 44 668 18 00', '[redacted]'],
    ['card 4111 1111 1111 1111, exp 12/27', 'card [redacted], exp 12/27'],
    ['5500-0000-0000-0004', '[redacted]'],
    ['378282246310005', '[redacted]'],
    ['4111 1111 1111 1111 12 3', '[redacted] 12 3'],
    ['7 4111111111111111', '7 [redacted]'],
    ['IBAN DE89 3704 0044 0532 0130 00 is mine', 'IBAN [redacted] is mine'],
    ['gb82WEST12345698765432', '[redacted]'],
    ['GB82 WEST 1234 5698 7654 32 AND MORE WORDS', '[redacted] AND MORE WORDS'],
  ])('%j becomes %j', (text, expected) => {
    expect(clean(text)).toBe(expected);
  });

  it.each([
    'a@b',
    '@decorator and a @ b.example',
    'user@localhost',
    '4111 1111 1111 1112',
    '1732265000000',
    '1111111111111117',
    'run 12345678901234567890123456789',
    '0190163d-8694-739b-aea5-966c26f8ad91',
    '2026-11-22T10:00:00+01:00',
    '2026-11-22T10:00:00+1000',
    '1.000.000,00 + 250',
    'DE88 3704 0044 0532 0130 00',
    'AB12 is a row',
    '+1 more',
    '',
  ])('%j stays', (text) => {
    expect(clean(text)).toBe(text);
  });
});

const HOSTILE: readonly string[] = [
  'a',
  'a.',
  '@',
  'a@',
  'a@a.',
  'a@a-',
  '1',
  '1 ',
  '4-',
  '41 ',
  '+',
  '+1',
  '+1 ',
  '00',
  '001(',
  'DE89',
  'DE89 ',
  'AA11 a',
  'DE893704004405320 ',
];

describe.each(Object.entries(PERSONAL_PATTERNS))('the pattern %s', (_, rule) => {
  it('takes time in proportion to 256 kB of the worst text', () => {
    expect(disproportionate(rule, HOSTILE)).toEqual([]);
  });
});
