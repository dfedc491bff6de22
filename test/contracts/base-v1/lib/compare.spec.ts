import { describe, expect, it } from '@jest/globals';
import type { JsonValue } from '../../../../src/common/json.js';
import { Comparison } from './compare.js';

const differences = (recorded: JsonValue, now: JsonValue, rules = {}) =>
  new Comparison(rules).compare(recorded, now).map(({ pointer, now: is }) => `${pointer}: ${is}`);

const ADA = '0192aaaa-0000-7000-8000-000000000001';
const BOB = '0192aaaa-0000-7000-8000-000000000002';

describe('a comparison', () => {
  it('accepts what is equal, in any order of fields', () => {
    expect(differences({ a: 1, b: [null, true] }, { b: [null, true], a: 1 })).toEqual([]);
  });

  it('accepts added fields at any depth', () => {
    expect(differences({ a: { b: 1 } }, { a: { b: 1, c: 2 }, d: null })).toEqual([]);
  });

  it('names a field that is gone', () => {
    expect(differences({ a: { 'b/c': 1, d: 2 } }, { a: { d: 2 } })).toEqual(['/a/b~1c: missing']);
  });

  it.each<[JsonValue, JsonValue]>([
    [1, '1'],
    ['1', 1],
    [null, 0],
    [null, ''],
    [false, null],
    [[], {}],
    [{}, []],
    [{}, null],
    ['<uuid:1>', null],
  ])('names a change of type: %j, now %j', (recorded, now) => {
    expect(differences({ a: recorded }, { a: now })).toEqual([`/a: ${JSON.stringify(now)}`]);
  });

  it('names every changed value', () => {
    expect(differences({ a: 1, b: ['x', 'y'] }, { a: 2, b: ['x', 'z'] })).toEqual(['/a: 2', '/b/1: "z"']);
  });

  it('names lists that are shorter or longer', () => {
    expect(differences({ a: [1, 2] }, { a: [1] })).toEqual(['/a: 1 item: [1]']);
    expect(differences({ a: [1] }, { a: [1, 2] })).toEqual(['/a: 2 items: [1,2]']);
  });

  it('lets an open list grow, and finds its items by their name', () => {
    const rules = { open: { '/items': 'name' } };
    const recorded = { items: [{ name: 'a', x: 1 }] };
    const other = { name: 'b' };
    expect(differences(recorded, { items: [other, { name: 'a', x: 1 }] }, rules)).toEqual([]);
    expect(differences(recorded, { items: [other, { name: 'a', x: 2 }] }, rules)).toEqual(['/items/a/x: 2']);
    expect(differences(recorded, { items: [other] }, rules)).toEqual(['/items/a: missing']);
  });

  it('lets the set of allowed values grow but not shrink', () => {
    expect(differences({ allowed: ['a', 'b'] }, { allowed: ['c', 'b', 'a'] })).toEqual([]);
    expect(differences({ allowed: ['a', 'b'] }, { allowed: ['b'] })).toEqual(['/allowed: ["b"]']);
  });

  it('lets the wording of texts for people change, not their being there', () => {
    const recorded = { code: 'x', message: 'Old.' };
    expect(differences(recorded, { code: 'x', message: 'New.' })).toEqual([]);
    expect(differences(recorded, { code: 'x', message: '' })).toEqual(['/message: ""']);
    expect(differences(recorded, { code: 'x' })).toEqual(['/message: missing']);
  });

  it('compares a schema by what it accepts', () => {
    const rules = { schemas: { '/*/parameters': 'request' } };
    const recorded = { a: { parameters: { type: 'object', required: ['x'], description: 'Old.' } } };
    const relaxed = { a: { parameters: { type: 'object', description: 'New.' } } };
    expect(differences(recorded, relaxed, rules)).toEqual([]);
    expect(differences(relaxed, recorded, rules)).toEqual(['/a/parameters/required/x: required']);
  });
});

describe('a name in a recording', () => {
  it('is the same value wherever it stands', () => {
    const recorded = { id: '<uuid:1>', url: '/agents/<uuid:1>' };
    expect(differences(recorded, { id: ADA, url: `/agents/${ADA}` })).toEqual([]);
    expect(differences(recorded, { id: ADA, url: `/agents/${BOB}` })).toEqual([`/url: "/agents/${BOB}"`]);
  });

  it('is another value than every other name', () => {
    expect(differences(['<uuid:1>', '<uuid:2>'], [ADA, BOB])).toEqual([]);
    expect(differences(['<uuid:1>', '<uuid:2>'], [ADA, ADA])).toEqual([`/1: "${ADA}"`]);
  });

  it('is kept from one answer to the next', () => {
    const comparison = new Comparison();
    expect(comparison.compare('<etag:1>', '"a"')).toEqual([]);
    expect(comparison.within({}).compare('<etag:1>', '"b"')).toHaveLength(1);
  });

  it.each<[string, JsonValue, JsonValue]>([
    ['<time>', '2026-11-22T12:00:00.000Z', 'yesterday'],
    ['<uuid:1>', ADA, 'nobody'],
    ['at <time>.', 'at 2026-11-22T12:00:00Z.', 'at 2026-11-22T12:00:00Z!'],
    ['a.c(<uuid:1>)', `a.c(${ADA})`, `abc(${ADA})`],
    ['<cursor>', 'abc', ''],
    ['<number>', 0.5, '0.5'],
    ['<boolean>', false, 'false'],
    ['<text>', 'x', ''],
    ['<list>', [], {}],
    ['<text of 3 characters>', 'abc', 'abcd'],
  ])('%s stands for %j, not for %j', (recorded, good, bad) => {
    expect(differences(recorded, good)).toEqual([]);
    expect(differences(recorded, bad)).toHaveLength(1);
  });

  it('of anything stands for anything that is there', () => {
    expect(differences({ a: '<anything>' }, { a: null })).toEqual([]);
    expect(differences({ a: '<anything>' }, {})).toEqual(['/a: missing']);
  });
});
