import fc from 'fast-check';

/** Text that every route takes where it takes text: no NUL, no lone surrogate. */
export const plainText = (minLength = 0, maxLength = 24): fc.Arbitrary<string> => {
  const shown = Math.min(maxLength, minLength + 24);
  return fc
    .oneof(
      { weight: 3, arbitrary: fc.string({ minLength, maxLength: shown }) },
      { weight: 1, arbitrary: fc.string({ unit: 'grapheme', minLength, maxLength: Math.floor(shown) }) },
    )
    .filter((text) => {
      // Lengths of JSON Schema count code points, so do those of callers.
      const length = [...text].length;
      return length >= minLength && text.length <= maxLength;
    });
};

/** Members of every object, and what changes prototypes. */
export const INHERITED_NAMES = [
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'hasOwnProperty',
] as const;

const KILOBYTE = 1_000;

/** Text that something may stumble over: in SQL, in templates, in numbers, in headers, in paths, in logs. */
export const hostileText: fc.Arbitrary<string> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.constantFrom('', ' ', '\u0000', 'a\u0000b', '\ud800', 'x\udfff', '\ufffe', '\u202e'),
  },
  { weight: 4, arbitrary: fc.constantFrom(...INHERITED_NAMES) },
  {
    weight: 4,
    arbitrary: fc.constantFrom(
      'NaN',
      'Infinity',
      '-0',
      '1e999',
      '0x10',
      '9'.repeat(40),
      'null',
      'true',
      '[object Object]',
    ),
  },
  {
    weight: 4,
    arbitrary: fc.constantFrom(
      "'; drop table runs; --",
      '%',
      '_',
      '\\',
      '%s%n',
      '{{ run.input }}',
      '{{',
      '{% if %}',
      '$$',
    ),
  },
  {
    weight: 2,
    arbitrary: fc.constantFrom('../../../etc/passwd', '..', '.', '/', 'a/b', 'file:///etc/passwd', 'con'),
  },
  { weight: 2, arbitrary: fc.constantFrom('é', 'e\u0301', '𝕏', '👩‍👩‍👧', 'ﷺ', '\u2028', '\r\nX-Evil: 1', '\t') },
  { weight: 3, arbitrary: fc.string({ unit: 'binary', maxLength: 20 }) },
  { weight: 1, arbitrary: fc.constantFrom(1, 10, 100).map((size) => 'long '.repeat(size * KILOBYTE * 0.2)) },
);

/** Numbers at and beyond the ends of what is stored. */
export const hostileNumber: fc.Arbitrary<number> = fc.oneof(
  fc.constantFrom(
    -1,
    -0,
    0.1,
    1e-300,
    1e15 + 0.3,
    2 ** 31,
    2 ** 32,
    2 ** 53,
    2 ** 63,
    2 ** 64,
    1e100,
    1e308,
    -1e308,
  ),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
);
