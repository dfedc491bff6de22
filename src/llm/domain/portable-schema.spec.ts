import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import type { JsonObject } from '../../common/json.js';
import { portableSchemaIssues, toPortableSchema } from './portable-schema.js';

const pointers = (schema: z.ZodType) =>
  portableSchemaIssues(toPortableSchema(schema)).map(({ pointer }) => pointer);

describe('a portable schema', () => {
  it('is closed, all required, with its bounds in the descriptions', () => {
    const schema = z.strictObject({
      text: z.string().min(1).max(600).meta({ description: 'One paragraph.' }),
      score: z.number().min(0).max(1),
      items: z.array(z.strictObject({ id: z.int(), kind: z.enum(['a', 'b']) })).max(5),
      note: z.string().nullable(),
    });
    const portable = toPortableSchema(schema);
    expect(portableSchemaIssues(portable)).toEqual([]);
    expect(portable).toEqual({
      type: 'object',
      additionalProperties: false,
      required: ['text', 'score', 'items', 'note'],
      properties: {
        text: {
          type: 'string',
          description: 'One paragraph. (characters, at least 1, characters, at most 600)',
        },
        score: { type: 'number', description: '(at least 0, at most 1)' },
        items: {
          type: 'array',
          description: '(items, at most 5)',
          items: {
            type: 'object',
            additionalProperties: false,
            required: ['id', 'kind'],
            properties: { id: { type: 'integer' }, kind: { type: 'string', enum: ['a', 'b'] } },
          },
        },
        note: { anyOf: [{ type: 'string' }, { type: 'null' }] },
      },
    });
  });

  it('keeps a property whose name is that of a bound', () => {
    expect(toPortableSchema(z.strictObject({ maximum: z.number(), description: z.string() }))).toMatchObject({
      properties: { maximum: { type: 'number' }, description: { type: 'string' } },
    });
  });

  it.each([
    ['a root that is no object', z.string(), ['']],
    ['an open object', z.object({ a: z.looseObject({}) }), ['', '/properties/a']],
    ['an optional field', z.strictObject({ a: z.string().optional() }), ['/properties/a']],
    [
      'a map',
      z.strictObject({ a: z.record(z.string(), z.string()) }),
      ['/properties/a/propertyNames', '/properties/a'],
    ],
    ['a tuple', z.strictObject({ a: z.tuple([z.string()]) }), ['/properties/a/prefixItems', '/properties/a']],
    ['a value of any type', z.strictObject({ a: z.unknown() }), ['/properties/a']],
    ['a pattern', z.strictObject({ a: z.string().regex(/x/) }), ['/properties/a/pattern']],
  ])('is not %s', (_, schema, expected) => expect(pointers(schema)).toEqual(expected));

  it.each([
    ['a type that does not exist', { type: 'strnig' }, ['/properties/a/type']],
    ['several types', { type: ['string', 'null'] }, ['/properties/a']],
    ['an empty choice', { enum: [] }, ['/properties/a/enum']],
    ['a choice that is none', { enum: 'x' }, ['/properties/a/enum']],
    ['an empty union', { anyOf: [] }, ['/properties/a/anyOf']],
    ['a union that is none', { type: 'string', anyOf: {} }, ['/properties/a/anyOf']],
    ['a bound that is no number', { type: 'string', maxLength: 'x' }, ['/properties/a/maxLength']],
    ['required fields that are no list', { type: 'object', required: 'x' }, ['/properties/a/required']],
  ])('that somebody wrote by hand has not %s', (_, a, expected) => {
    const schema = { type: 'object', additionalProperties: false, required: ['a'], properties: { a } };
    const found = portableSchemaIssues(schema as JsonObject).map(({ pointer }) => pointer);
    expect(found).toEqual(expect.arrayContaining(expected));
  });

  it('has no recursion', () => {
    const node = z.strictObject({
      name: z.string(),
      get children() {
        return z.array(node);
      },
    });
    expect(pointers(node)).not.toEqual([]);
  });
});
