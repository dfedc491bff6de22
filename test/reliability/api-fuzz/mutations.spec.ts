import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { mutate, type Mutation, mutation, nested } from './mutations.js';

const VALUE = { a: 1, list: [{ b: 'x' }, null] };
const mutated = (at: number, how: Mutation['how'], value: unknown = 'put', name = 'extra') =>
  mutate(VALUE, { at, how, name, value });

describe('mutate', () => {
  // Places in their order: all, a, list, its first, b, its second.
  it.each([
    [mutated(1, 'drop'), { list: [{ b: 'x' }, null] }],
    [mutated(3, 'drop'), { a: 1, list: [null] }],
    [mutated(4, 'replace', 7), { a: 1, list: [{ b: 7 }, null] }],
    [mutated(2, 'add', 7), { a: 1, list: [{ b: 'x' }, null, 7] }],
    [mutated(3, 'add', 7), { a: 1, list: [{ b: 'x', extra: 7 }, null] }],
    [mutated(1, 'wrap'), { a: [1], list: [{ b: 'x' }, null] }],
    [mutated(2, 'repeat'), { a: 1, list: [{ b: 'x' }, null, { b: 'x' }, null] }],
    [mutated(0, 'drop'), null],
    [mutated(7, 'replace', 7), { a: 7, list: [{ b: 'x' }, null] }],
  ])('changes one place (%#)', (made, expected) => {
    expect(made).toEqual(expected);
  });

  it('makes members of any name, and leaves prototypes alone', () => {
    const made = mutated(0, 'add', { polluted: true }, '__proto__');
    expect(JSON.stringify(made)).toContain('"__proto__":{"polluted":true}');
    expect(Object.getPrototypeOf(made)).toBe(Object.prototype);
  });

  it('never changes what it is given, and always makes JSON', () => {
    const text = JSON.stringify(VALUE);
    fc.assert(
      fc.property(fc.array(mutation, { maxLength: 4 }), (mutations) => {
        expect(() => JSON.parse(JSON.stringify(mutations.reduce(mutate, VALUE as unknown)))).not.toThrow();
        expect(JSON.stringify(VALUE)).toBe(text);
      }),
      { numRuns: 300, seed: 1 },
    );
  });
});

describe('nested', () => {
  it('is as deep as is asked for', () => {
    expect(JSON.stringify(nested(3, false))).toBe('[[[1]]]');
    expect(JSON.stringify(nested(2, true))).toBe('{"a":{"a":1}}');
  });
});
