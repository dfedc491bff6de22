import { describe, expect, it } from '@jest/globals';
import { aggregate, type AggregateRequest } from './aggregate.js';

const SALES = [
  { product: 'desk', region: 'north', amount: 180 },
  { product: 'lamp', region: 'north', amount: 45 },
  { product: 'desk', region: 'south', amount: 175 },
];

const of = (request: Partial<AggregateRequest>) =>
  aggregate({ input: SALES, operation: 'count', ...request });

describe('data.aggregate', () => {
  it('counts elements', () => {
    expect(of({})).toEqual({ total: 3 });
  });

  it('counts by group in the order of appearance', () => {
    expect(JSON.stringify(of({ by: 'product' }))).toBe('{"total":3,"groups":{"desk":2,"lamp":1}}');
  });

  it('counts the elements that have the field', () => {
    expect(aggregate({ input: [{ a: 0 }, { a: null }, {}], operation: 'count', of: 'a' })).toEqual({
      total: 1,
    });
  });

  it.each<[AggregateRequest['operation'], unknown, unknown]>([
    ['sum', 400, { desk: 355, lamp: 45 }],
    ['min', 45, { desk: 175, lamp: 45 }],
    ['max', 180, { desk: 180, lamp: 45 }],
    ['average', 400 / 3, { desk: 177.5, lamp: 45 }],
    ['list', [180, 45, 175], { desk: [180, 175], lamp: [45] }],
  ])('computes %s in total and by group', (operation, total, groups) => {
    expect(of({ operation, of: 'amount', by: 'product' })).toEqual({ total, groups });
  });

  it('computes with the elements themselves where no field is named', () => {
    expect(aggregate({ input: [3, 9, 6], operation: 'max' })).toEqual({ total: 9 });
    expect(aggregate({ input: ['x', null], operation: 'list' })).toEqual({ total: ['x', null] });
  });

  it('takes the values of a map as elements', () => {
    expect(aggregate({ input: { a: { n: 1 }, b: { n: 5 } }, operation: 'sum', of: 'n' })).toEqual({
      total: 6,
    });
  });

  it('keeps only elements whose fields all equal the literals', () => {
    expect(of({ where: { product: 'desk', region: 'north' } })).toEqual({ total: 1 });
    expect(of({ where: { product: 'Desk' } })).toEqual({ total: 0 });
  });

  it('lets null in where match an absent field', () => {
    expect(
      aggregate({ input: [{ dev: true }, {}, { dev: null }], operation: 'count', where: { dev: null } }),
    ).toEqual({
      total: 2,
    });
  });

  it('compares literals of where by their whole value', () => {
    const input = [{ tags: ['a', 'b'] }, { tags: ['a'] }];
    expect(aggregate({ input, operation: 'count', where: { tags: ['a'] } })).toEqual({ total: 1 });
  });

  it('finds names without regard to case and to spelling', () => {
    const input = {
      Packages: { left: { license: 'MIT' }, right: { Licence: 'ISC' }, up: { LICENSE: 'MIT' } },
    };
    expect(aggregate({ input, from: 'packages', operation: 'count', by: 'licence' })).toEqual({
      total: 3,
      groups: { MIT: 2, ISC: 1 },
    });
  });

  it('prefers the exact name', () => {
    const input = [{ Licence: 'wrong', license: 'wrong too', licence: 'right' }];
    expect(aggregate({ input, operation: 'list', of: 'licence' })).toEqual({ total: ['right'] });
  });

  it('finds the names of where by spelling too', () => {
    expect(aggregate({ input: [{ colour: 'red' }], operation: 'count', where: { color: 'red' } })).toEqual({
      total: 1,
    });
  });

  it('groups what is absent, null, numeric or composed', () => {
    const input = [{}, { k: null }, { k: 1 }, { k: true }, { k: { type: 'MIT' } }, { k: ['a'] }, 'no object'];
    expect(aggregate({ input, operation: 'count', by: 'k' }).groups).toEqual({
      '(none)': 3,
      '1': 1,
      true: 1,
      '{"type":"MIT"}': 1,
      '["a"]': 1,
    });
  });

  it('keeps a group called __proto__ and finds no inherited member', () => {
    const groups = aggregate({ input: [{ k: '__proto__' }], operation: 'count', by: 'k' }).groups;
    expect(Object.entries(groups ?? {})).toEqual([['__proto__', 1]]);
    expect(aggregate({ input: [{}], operation: 'list', of: 'constructor' })).toEqual({ total: [] });
  });

  it('reads numbers written as text, as CSV gives them', () => {
    expect(
      aggregate({ input: [{ n: '12.5' }, { n: ' -2 ' }, { n: 1e2 }], operation: 'sum', of: 'n' }),
    ).toEqual({
      total: 110.5,
    });
  });

  it('gives 0 as the sum and null as the least, greatest and average of nothing', () => {
    expect(aggregate({ input: [], operation: 'sum' })).toEqual({ total: 0 });
    expect(aggregate({ input: [], operation: 'min' })).toEqual({ total: null });
    expect(aggregate({ input: [], operation: 'max' })).toEqual({ total: null });
    expect(aggregate({ input: [], operation: 'average', by: 'x' })).toEqual({ total: null, groups: {} });
  });

  it.each<[unknown, string]>([
    [[{ n: 1 }, { n: 'many' }, {}], 'Element 1 has no number in "n", but "many".'],
    [[{ n: 1 }, {}], 'Element 1 has no number in "n", but nothing.'],
    [[{ n: '' }], 'Element 0 has no number in "n", but "".'],
    [[{ n: '0x10' }], 'Element 0 has no number in "n", but "0x10".'],
    [{ up: { n: null } }, 'Element "up" has no number in "n", but null.'],
  ])('names the first element without a number: %j', (input, message) => {
    expect(() => aggregate({ input, operation: 'sum', of: 'n' })).toThrow(message);
  });

  it('lists the members that exist when "from" names none of them', () => {
    expect(() =>
      aggregate({ input: { name: 'x', packages: {} }, from: 'package', operation: 'count' }),
    ).toThrow('"input" has no member "package"; it has "name", "packages".');
  });

  it.each<[Partial<AggregateRequest>, string]>([
    [{ input: 'text' }, '"input" is string; it must be an array or a map.'],
    [{ input: null }, '"input" is null; it must be an array or a map.'],
    [{ input: { a: 7 }, from: 'a' }, 'The member "a" of "input" is number; it must be an array or a map.'],
    [{ input: 1, from: 'a' }, '"from" names the member "a", but "input" is number.'],
  ])('refuses what is no collection: %j', (request, message) => {
    expect(() => of(request)).toThrow(message);
  });

  it('takes an array for the collection, whatever its elements are called', () => {
    expect(of({ input: [1, 2], from: 'items' })).toEqual({ total: 2 });
  });
});
