import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { issuesOf } from './zod-issues.js';

const check = (schema: z.ZodType, value: unknown) =>
  issuesOf(schema.safeParse(value).error?.issues ?? [], value).map(({ code, pointer, allowed }) =>
    allowed === undefined ? [code, pointer] : [code, pointer, allowed],
  );

describe('issuesOf', () => {
  it('makes one issue of each unknown key', () => {
    expect(check(z.strictObject({ a: z.strictObject({}) }), { a: { 'x/y': 1, z: 2 } })).toEqual([
      ['unknown_field', '/a/x~1y'],
      ['unknown_field', '/a/z'],
    ]);
  });

  it('tells a missing value from one of the wrong type', () => {
    expect(check(z.object({ a: z.string(), b: z.string() }), { b: null })).toEqual([
      ['required', '/a'],
      ['invalid_type', '/b'],
    ]);
  });

  it('lists what a closed set allows', () => {
    expect(check(z.object({ a: z.enum(['x', 'y']), b: z.literal(3) }), { a: 'z', b: 4 })).toEqual([
      ['invalid_value', '/a', ['x', 'y']],
      ['invalid_value', '/b', ['3']],
    ]);
  });

  it('shows of a union what its closest member says', () => {
    const union = z.union([
      z.strictObject({ kind: z.string(), size: z.number(), depth: z.number() }),
      z.strictObject({ kind: z.string(), name: z.string() }),
    ]);
    expect(check(z.object({ u: union }), { u: { kind: 'k', name: 1 } })).toEqual([
      ['invalid_type', '/u/name'],
    ]);
  });

  it('keeps the codes of limits and of own rules apart', () => {
    const schema = z.object({
      a: z.string().max(1),
      b: z.number().refine((n) => n % 2 === 0, 'must be even'),
    });
    expect(check(schema, { a: 'xx', b: 3 })).toEqual([
      ['too_big', '/a'],
      ['invalid_value', '/b'],
    ]);
  });
});
