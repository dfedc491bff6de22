import { describe, expect, it } from '@jest/globals';
import { CheckBudget } from '../domain/check-budget.js';
import { checkSchema } from './check-schema.js';
import { cpuTimeOf } from '../../../test/support/cpu-time.js';

const DRAFT_07 = 'http://json-schema.org/draft-07/schema#';
const check = (schema: unknown) => checkSchema(schema, new CheckBudget());
const invalid = (pointer: string, message: string) => [{ code: 'invalid_schema', pointer, message }];

describe('the check of a JSON Schema', () => {
  it('lets pass what fits its meta-schema', () => {
    const schema = { type: 'object', properties: { a: { type: ['string', 'null'], pattern: '^(a+)+$' } } };
    expect(check(schema)).toEqual([]);
    expect(check({ $schema: DRAFT_07, items: [{ type: 'string' }] })).toEqual([]);
    expect(check({ ofMyOwn: 1, $ref: '#/$defs/none' })).toEqual([]);
    expect(check(true)).toEqual([]);
  });

  it('says what is wrong and where', () => {
    expect(check({ type: 'strng' })).toEqual(
      invalid('/type', 'Must be one of array, boolean, integer, null, number, object, string; got "strng".'),
    );
    expect(check({ properties: { a: { minimum: 'x' } } })).toEqual(
      invalid('/properties/a/minimum', 'Must be number; got "x".'),
    );
    expect(check({ $async: true })).toMatchObject([{ pointer: '/$async' }]);
    expect(check({ $schema: 7 })).toMatchObject([{ pointer: '/$schema' }]);
  });

  it('knows the dialect by its name and leaves others to the run', () => {
    const items = { items: [{ type: 'string' }] };
    expect(check(items)).toMatchObject([{ code: 'invalid_schema', pointer: '/items' }]);
    expect(check({ $schema: 'https://example.com/mine', ...items })).toEqual([]);
  });

  it('leaves patterns to the run, reading and running none', () => {
    const patterns = Array.from({ length: 100 }, (_, i) => [`${'\\p{L}'.repeat(50)}(${i}`, true]);
    const spent = cpuTimeOf(() =>
      expect(check({ pattern: '(', patternProperties: Object.fromEntries(patterns) as object })).toEqual([]),
    );
    expect(spent).toBeLessThan(50);
  });

  it('refuses one of more than 256 KiB, as a run does', () => {
    expect(check({ title: 'x'.repeat(300_000) })).toMatchObject([
      { code: 'invalid_schema', pointer: '', message: expect.stringContaining('at most 262144') },
    ]);
  });
});
