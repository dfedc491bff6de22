import { describe, expect, it } from '@jest/globals';
import { encodeResult } from './encode-result.js';

const cycle: Record<string, unknown> = { name: 'x' };
cycle['self'] = cycle;
const badKeyCycle: Record<string, unknown> = {};
badKeyCycle['a\u0000\ud800'] = { back: badKeyCycle };

function nested(depth: number): unknown {
  let value: unknown = 1;
  for (let level = 0; level < depth; level += 1) value = [value];
  return value;
}

const failureOf = (result: unknown) => {
  const encoded = encodeResult(result);
  if (!('failure' in encoded)) throw new Error(`it was taken: ${encoded.json.slice(0, 80)}`);
  return encoded.failure;
};

describe('a result that can be stored', () => {
  it.each([
    [undefined, 'null'],
    [null, 'null'],
    [0, '0'],
    ['é\u{1F600}', '"é\u{1F600}"'],
    [{ a: undefined, b: [undefined] }, '{"b":[null]}'],
    [Number.NaN, 'null'],
    [new Date(0), '"1970-01-01T00:00:00.000Z"'],
    ['\\u0000', '"\\\\u0000"'],
    [nested(100), `${'['.repeat(100)}1${']'.repeat(100)}`],
  ])('%p is stored as %s', (result, json) => {
    expect(encodeResult(result)).toEqual({ json, isLarge: false });
  });

  it('is large from one byte over 32 KiB on, counted in UTF-8', () => {
    const quoted = (bytes: number): string => 'é'.repeat((bytes - 2) / 2);
    expect(encodeResult(quoted(32_768))).toMatchObject({ isLarge: false });
    expect(encodeResult(quoted(32_770))).toMatchObject({ isLarge: true });
  });

  it('may have 8 MiB', () => {
    expect(encodeResult('x'.repeat(8 * 1024 * 1024 - 2))).toMatchObject({ isLarge: true });
  });
});

describe('a result that cannot be stored', () => {
  it.each([
    ['a function', () => 1, 'result_not_storable', /type function/],
    ['a symbol', Symbol('s'), 'result_not_storable', /type symbol/],
    ['a BigInt', { n: 1n }, 'result_not_storable', /BigInt/],
    ['a cycle', cycle, 'result_not_storable', /circular/],
    ['NUL', { a: ['ok', 'x\u0000y'] }, 'result_not_storable', /at \/a\/1: .*NUL/],
    ['NUL in a key', { 'x\u0000y': 1 }, 'result_not_storable', /NUL/],
    ['a lone surrogate', 'x\ud800', 'result_not_storable', /at its root: .*surrogate/],
    ['NUL far inside', { list: [...'x'.repeat(300), '\u0000'] }, 'result_not_storable', /NUL/],
    ['150 levels', nested(150), 'result_not_storable', /100 levels/],
    ['100,000 levels', nested(100_000), 'result_not_storable', /The result/],
    ['9 MB', 'x'.repeat(9_000_000), 'result_too_large', /9000002 bytes/],
    [
      'an object that refuses',
      {
        toJSON: () => {
          throw new Error('no');
        },
      },
      'result_not_storable',
      /no/,
    ],
  ])('(%s) is a permanent failure that says why', (_name, result, code, message) => {
    const failure = failureOf(result);
    expect(failure).toMatchObject({ code, class: 'permanent', retryable: false, effect: 'unknown' });
    expect(failure.message).toMatch(message);
  });

  it.each([
    ['a cycle through a bad key', badKeyCycle],
    [
      'an error with a bad message',
      {
        toJSON: () => {
          throw new Error('a\u0000\ud800');
        },
      },
    ],
    ['a key of a megabyte before NUL', { ['k'.repeat(1_000_000)]: '\u0000' }],
    [
      'an object that throws nothing',
      {
        toJSON: () => {
          throw undefined;
        },
      },
    ],
  ])('(%s) is described by a message that can', (_name, result) => {
    const { message } = failureOf(result);
    expect(message.isWellFormed()).toBe(true);
    expect(message).not.toContain('\u0000');
    expect(message.length).toBeLessThan(2_100);
  });
});
