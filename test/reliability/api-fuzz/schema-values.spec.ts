import { describe, expect, it } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import fc from 'fast-check';
import type { Schema } from './api-document.js';
import { SchemaValues } from './schema-values.js';

const TREE: Schema = {
  type: 'object',
  properties: {
    name: { type: 'string', minLength: 1 },
    below: { type: 'array', items: { $ref: '#/$defs/Tree' } },
  },
  required: ['name'],
  additionalProperties: false,
};
const JSON_VALUE: Schema = {
  anyOf: [
    ...['string', 'number', 'boolean', 'null'].map((type) => ({ type })),
    { type: 'array', items: { $ref: '#/$defs/Json' } },
    { type: 'object', additionalProperties: { $ref: '#/$defs/Json' } },
  ],
};
const $defs = { Tree: TREE, Json: JSON_VALUE };
const values = new SchemaValues({ definitions: $defs, known: () => null });

function ajv(): Ajv2020 {
  const made = new Ajv2020({ strict: false });
  formats.default(made);
  return made;
}

describe('values of a schema', () => {
  it.each<[string, Schema]>([
    ['a text of so many characters', { type: 'string', minLength: 3, maxLength: 5 }],
    ['a pattern', { type: 'string', pattern: '^[a-z][a-z0-9-]{0,9}$', maxLength: 4 }],
    ['an unanchored pattern', { type: 'string', pattern: '\\S', maxLength: 20 }],
    ['a UUID', { type: 'string', format: 'uuid' }],
    ['a time', { type: 'string', format: 'date-time' }],
    ['an address', { type: 'string', format: 'uri' }],
    ['a whole number', { type: 'integer', minimum: 1, maximum: 200 }],
    ['a multiple', { type: 'integer', minimum: 5, maximum: 20, multipleOf: 5 }],
    ['a number above', { type: 'number', exclusiveMinimum: 0, maximum: 0.5 }],
    ['a number below', { type: 'integer', exclusiveMaximum: 3, minimum: 2 }],
    ['one of some', { enum: ['a', 7, null] }],
    ['a constant', { const: { a: 1 } }],
    ['one of two types', { type: ['string', 'null'] }],
    ['a list', { type: 'array', items: { type: 'boolean' }, minItems: 2, maxItems: 3 }],
    ['a list without repeats', { type: 'array', items: { enum: [1, 2, 3] }, minItems: 2, uniqueItems: true }],
    [
      'fields, of which some are required',
      { ...TREE, properties: { ...(TREE['properties'] as object), more: {} } },
    ],
    ['any fields', { type: 'object', additionalProperties: { type: 'integer' } }],
    [
      'names of a form',
      {
        type: 'object',
        propertyNames: { type: 'string', pattern: '^[a-z]+$' },
        additionalProperties: { type: 'null' },
      },
    ],
    ['what names itself', { $ref: '#/$defs/Tree' }],
    ['any JSON', { $ref: '#/$defs/Json' }],
    [
      'exactly one of two fields',
      {
        type: 'object',
        properties: { a: { type: 'integer' }, b: { type: 'integer' } },
        additionalProperties: false,
        anyOf: [{ required: ['a'] }, { required: ['b'] }],
      },
    ],
    [
      'all of two',
      {
        allOf: [
          { type: 'object', properties: { a: { type: 'integer' } }, required: ['a'] },
          { properties: { b: { const: 1 } }, required: ['b'] },
        ],
      },
    ],
  ])('fit it: %s', (_, schema) => {
    const validate = ajv().compile({ ...schema, $defs });
    fc.assert(
      fc.property(values.of(schema), (value) => {
        expect([value, validate(value) ? [] : validate.errors]).toEqual([value, []]);
        // What is sent is what was made.
        expect(JSON.parse(JSON.stringify(value))).toEqual(value);
      }),
      { numRuns: 60, seed: 1 },
    );
  });

  it('end, however deep a schema refers to itself', () => {
    const forest: Schema = { type: 'array', minItems: 1, items: { $ref: '#/$defs/Tree' } };
    const depths = fc.sample(values.of(forest), { numRuns: 200, seed: 1 }).map((value) => depthOf(value));
    expect(Math.max(...depths)).toBeGreaterThan(4);
    expect(Math.max(...depths)).toBeLessThan(12);
  });

  it('are sometimes the example, and what is known of a name where something is', () => {
    const known = new SchemaValues({
      definitions: {},
      known: ({ name }) => (name === 'agentId' ? fc.constant('mine') : null),
    });
    const schema = {
      type: 'object',
      properties: { agentId: { type: 'string' }, other: { type: 'string', example: 'like this' } },
      required: ['agentId', 'other'],
    };
    const made = fc.sample(known.of(schema), { numRuns: 50, seed: 1 }) as {
      agentId: string;
      other: string;
    }[];
    expect(new Set(made.map(({ agentId }) => agentId))).toEqual(new Set(['mine']));
    const examples = made.filter(({ other }) => other === 'like this').length;
    expect(examples).toBeGreaterThan(0);
    expect(examples).toBeLessThan(50);
  });
});

function depthOf(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  return 1 + Math.max(0, ...Object.values(value).map(depthOf));
}
