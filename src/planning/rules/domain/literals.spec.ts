import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { literalsIn, maskLiterals, unmask } from './literals.js';

describe('maskLiterals', () => {
  it.each([
    ['see https://example.com/a.jpg.', 'see §0.', [['url', 'https://example.com/a.jpg']]],
    ['write to a.b+c@example.co.uk, now', 'write to §0, now', [['email', 'a.b+c@example.co.uk']]],
    ['crop photo.jpg', 'crop §0', [['file', 'photo.jpg']]],
    ['read data/2023/plan.json', 'read §0', [['file', 'data/2023/plan.json']]],
    ["play 'Let it be'", 'play §0', [['quoted', 'Let it be']]],
    ['play “Let it be”', 'play §0', [['quoted', 'Let it be']]],
    ["sell 'The Philosopher's Stone' today", 'sell §0 today', [['quoted', "The Philosopher's Stone"]]],
    [
      'on 2023-12-01 at 7:30 AM',
      'on §0 at §1',
      [
        ['date', '2023-12-01'],
        ['time', '7:30 AM'],
      ],
    ],
    ["it's John's", "it's John's", []],
    ['version 1.5x', 'version 1.5x', []],
  ])('takes the literals out of %j', (text, masked, literals) => {
    const found = maskLiterals(text);
    expect(found.text).toBe(masked);
    expect(found.literals.map((one) => [one.kind, one.text])).toEqual(literals);
  });

  it.each([
    ['a.png', 'image'],
    ['a.mp3', 'audio'],
    ['a.mkv', 'video'],
    ['a.csv', 'text'],
    ['a.exe', null],
    ["'holiday 1.jpg'", 'image'],
    ['https://example.com/talk.mp4', 'video'],
  ])('knows what %s is', (text, medium) => {
    expect(maskLiterals(`take ${text}`).literals[0]?.medium).toBe(medium);
  });

  it('leaves an abbreviation without the stop that would end a sentence', () => {
    expect(maskLiterals('see Dr. Smith of Apple Inc. today').text).toBe('see Dr  Smith of Apple Inc  today');
  });

  it('keeps the words of a quotation that quotes an address', () => {
    expect(maskLiterals("open 'see https://example.com/x now'").literals.at(-1)).toEqual({
      kind: 'quoted',
      text: 'see https://example.com/x now',
      medium: null,
    });
  });

  it('has literals of its own only', () => {
    expect(maskLiterals('pay §7 to a@example.com').text).toBe('pay  7 to §0');
  });

  it('gives back what it took out', () => {
    const { text, literals } = maskLiterals("mail 'Hi Ben' to ben@example.com at 9:15");
    expect(unmask(text, literals)).toBe("mail 'Hi Ben' to ben@example.com at 9:15");
  });

  it('takes any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
        const masked = maskLiterals(text);
        expect(literalsIn(masked.text, masked.literals).length).toBeLessThanOrEqual(masked.literals.length);
      }),
    );
  });
});
