import { describe, expect, it } from '@jest/globals';
import { assertMatches, etagOf, isKnownVersion } from './etag.js';

const CURRENT = etagOf({ name: 'a', tags: ['x', 'y'] });

describe('etagOf', () => {
  it('is a quoted SHA-256', () => {
    expect(etagOf({})).toBe('"44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"');
  });

  it('does not depend on the order of members nor on absent ones', () => {
    expect(etagOf({ tags: ['x', 'y'], other: undefined, name: 'a' })).toBe(CURRENT);
  });

  it('depends on the order of items', () => {
    expect(etagOf({ name: 'a', tags: ['y', 'x'] })).not.toBe(CURRENT);
  });
});

describe('assertMatches', () => {
  it.each([undefined, '*', CURRENT, `"old", ${CURRENT}`])('lets If-Match %s pass', (ifMatch) => {
    expect(() => assertMatches(ifMatch, CURRENT)).not.toThrow();
  });

  it.each(['"old"', `W/${CURRENT}`, CURRENT.slice(1, -1), ''])('refuses If-Match %s as stale', (ifMatch) => {
    expect(() => assertMatches(ifMatch, CURRENT)).toThrow(
      expect.objectContaining({ kind: 'stale', code: 'stale' }),
    );
  });
});

describe('isKnownVersion', () => {
  it.each([
    [undefined, false],
    ['"old"', false],
    [CURRENT, true],
    [`W/${CURRENT}`, true],
    [`"old", ${CURRENT}`, true],
    ['*', true],
  ])('If-None-Match %s: %s', (ifNoneMatch, known) => {
    expect(isKnownVersion(ifNoneMatch, CURRENT)).toBe(known);
  });
});
