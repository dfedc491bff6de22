import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { issuesOf } from './zod-issues.js';

const messagesOf = (schema: z.ZodType, value: unknown): string[] =>
  issuesOf(schema.safeParse(value).error?.issues ?? [], value).map(({ message }) => message);

describe('messages of schemas', () => {
  it.each<[string, z.ZodType, unknown, string]>([
    ['a type', z.string(), 12, 'Must be a string; got 12.'],
    ['a type, not what was written', z.number(), 's3cret', 'Must be a number; got a string.'],
    ['a missing value', z.object({ a: z.string() }), {}, 'Is missing; expected a string.'],
    [
      'a missing value of any type',
      z.object({ a: z.unknown().nonoptional() }),
      {},
      'Is missing; expected a value.',
    ],
    ['no number in a query', z.coerce.number(), 'ten', 'Must be a number.'],
    ['a fraction', z.int(), 2.5, 'Must be a whole number; got 2.5.'],
    ['an object', z.record(z.string(), z.unknown()), [1], 'Must be an object; got an array.'],
    ['a largest length', z.string().max(3), 'abcd', 'Must have at most 3 characters; has 4.'],
    ['a smallest length', z.string().min(2), 'a', 'Must have at least 2 characters; has 1.'],
    ['an empty text', z.string().min(1), '', 'Must not be empty.'],
    ['a list', z.array(z.number()).max(1), [1, 2], 'Must have at most 1 item; has 2.'],
    ['a largest number', z.number().max(9), 12, 'Must be at most 9; got 12.'],
    ['a positive number', z.number().positive(), 0, 'Must be more than 0; got 0.'],
    ['a multiple', z.number().multipleOf(5), 7, 'Must be a multiple of 5; got 7.'],
    ['a UUID', z.uuid(), 'abc', 'Must be a UUID; got "abc".'],
    [
      'a time',
      z.iso.datetime(),
      'noon',
      'Must be an RFC 3339 time, such as 2026-11-22T09:30:00Z; got "noon".',
    ],
    ['a pattern, not the text', z.string().regex(/^a+$/), 's3cret', 'Does not have the form /^a+$/.'],
    ['a closed set', z.enum(['a', 'b']), 'c', 'Must be one of a, b; got "c".'],
    ['a literal', z.literal(3), 4, 'Must be 3; got 4.'],
    ['an unknown field', z.strictObject({}), { colour: 1 }, 'There is no field "colour" here.'],
    ['the key of a record', z.record(z.string().min(1), z.unknown()), { '': 1 }, 'Must not be empty.'],
    ['a rule of its own', z.string().refine(() => false, 'must rhyme'), 'a', 'Must rhyme.'],
    ['a rule that is a sentence', z.string().refine(() => false, 'Rhyme.'), 'a', 'Rhyme.'],
  ])('say of %s what was expected and what was given', (_, schema, value, message) => {
    expect(messagesOf(schema, value)).toEqual([message]);
  });

  it('show at most 40 characters of a value', () => {
    expect(messagesOf(z.uuid(), 'x'.repeat(500))).toEqual([`Must be a UUID; got "${'x'.repeat(40)}…".`]);
  });
});
