import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { JsonValue } from '../../common/json.js';
import { jsonEqual } from './json-equal.js';
import { evaluateWhen } from './when.js';

const scope = {
  input: { status: 'ok', n: 1, none: null, tags: ['a', { b: 1 }] },
  result: (): JsonValue | undefined => undefined,
};

describe('a condition', () => {
  it.each([
    [{ value: '{{ run.input.status }}', equals: 'ok' }, true],
    [{ value: '{{ run.input.status }}', equals: 'OK' }, false],
    [{ value: '{{ run.input.n }}', equals: '1' }, false],
    [{ value: '{{ run.input.status }}', notEquals: 'ok' }, false],
    [{ value: '{{ run.input.status }}', notEquals: 'bad' }, true],
    [{ value: '{{ run.input.status }}', in: ['bad', 'ok'] }, true],
    [{ value: '{{ run.input.status }}', in: [] }, false],
    [{ value: '{{ run.input.none }}', equals: null }, true],
    [{ value: '{{ run.input.none }}', notEquals: null }, false],
    [{ value: '{{ run.input.tags }}', equals: ['a', { b: 1 }] }, true],
    [{ value: '{{ run.input.absent ?? false }}', equals: false }, true],
  ])('%j is %s', (when, run) => {
    expect(evaluateWhen(when, scope)).toEqual({ run });
  });

  it('without a value is an issue, neither true nor false', () => {
    expect(evaluateWhen({ value: '{{ run.input.absent }}', equals: 1 }, scope)).toMatchObject({
      issues: [{ code: 'unresolved_reference', pointer: '/value' }],
    });
  });
});

describe('equality of JSON', () => {
  it.each<[JsonValue, JsonValue, boolean]>([
    [{ a: 1, b: 2 }, { b: 2, a: 1 }, true],
    [{ a: 1 }, { a: 1, b: 2 }, false],
    [{ a: 1, b: 2 }, { a: 1, c: 2 }, false],
    [[1, 2], [2, 1], false],
    [[1], [1, 2], false],
    [[], {}, false],
    [{ 0: 'a' }, ['a'], false],
    [null, {}, false],
    [JSON.parse('{"__proto__":{}}') as JsonValue, { x: 1 }, false],
    [0, false, false],
  ])('%j and %j: %s', (a, b, expected) => {
    expect(jsonEqual(a, b)).toBe(expected);
    expect(jsonEqual(b, a)).toBe(expected);
  });

  it('holds for copies and agrees with sorted JSON', () => {
    const json = fc.jsonValue({ maxDepth: 2 }) as fc.Arbitrary<JsonValue>;
    fc.assert(
      fc.property(json, (value) => {
        fc.pre(!JSON.stringify(value).includes('-0'));
        expect(jsonEqual(value, JSON.parse(JSON.stringify(value)) as JsonValue)).toBe(true);
        expect(jsonEqual(value, [value])).toBe(false);
      }),
    );
  });
});
