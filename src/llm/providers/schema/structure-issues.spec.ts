import { describe, expect, it } from '@jest/globals';
import type { JsonObject } from '../../../common/json.js';
import { openObjectIssues, optionalProperties, referenceIssues, untypedIssues } from './structure-issues.js';
import { subschemas } from './subschemas.js';

const pointers = (issues: readonly { readonly pointer: string }[]) => issues.map(({ pointer }) => pointer);

it('finds every schema in a schema, with its depth', () => {
  const schema = {
    type: 'object',
    properties: { a: { type: 'array', items: { anyOf: [{ type: 'null' }, { type: 'object' }] } } },
    $defs: { d: { type: 'string' } },
  };
  expect([...subschemas(schema)].map(({ pointer, depth }) => [pointer, depth])).toEqual([
    ['', 0],
    ['/properties/a', 1],
    ['/properties/a/items', 2],
    ['/properties/a/items/anyOf/0', 2],
    ['/properties/a/items/anyOf/1', 2],
    ['/$defs/d', 0],
  ]);
});

it('finds open objects, records among them', () => {
  const schema = {
    type: 'object',
    properties: {
      record: { type: 'object', additionalProperties: { type: 'string' } },
      closed: { type: 'object', properties: {}, additionalProperties: false },
      maybe: { type: ['object', 'null'] },
    },
    additionalProperties: false,
  };
  expect(pointers(openObjectIssues([...subschemas(schema)], 'acme'))).toEqual([
    '/properties/record',
    '/properties/maybe',
  ]);
});

it('finds optional properties and values of any kind', () => {
  const schema = { type: 'object', properties: { a: {}, b: { type: 'string' } }, required: ['b'] };
  expect(optionalProperties([...subschemas(schema)])).toEqual(['/properties/a']);
  expect(pointers(untypedIssues([...subschemas(schema)], 'acme'))).toEqual(['/properties/a']);
});

describe('references', () => {
  const node = (child: JsonObject): JsonObject => ({
    type: 'object',
    properties: { top: { $ref: '#/$defs/node' } },
    $defs: { node: { type: 'object', properties: { child } }, leaf: { type: 'string' } },
  });

  it('are fine inside the schema', () => {
    expect(referenceIssues(node({ $ref: '#/$defs/leaf' }), 'acme')).toEqual([]);
  });

  it.each([
    ['to what is around them', '#/$defs/node'],
    ['to the root', '#'],
  ])('may not lead back %s', (_, $ref) => {
    expect(pointers(referenceIssues(node({ $ref }), 'acme'))).toContain('/$defs/node/properties/child');
  });

  it('may not lead back by a detour', () => {
    const schema = {
      type: 'object',
      $defs: { a: { anyOf: [{ $ref: '#/$defs/b' }] }, b: { anyOf: [{ $ref: '#/$defs/a' }] } },
    };
    expect(pointers(referenceIssues(schema, 'acme'))).toEqual(['/$defs/a/anyOf/0', '/$defs/b/anyOf/0']);
  });

  it('may not lead out', () => {
    expect(pointers(referenceIssues(node({ $ref: 'https://example.com/x.json' }), 'acme'))).toEqual([
      '/$defs/node/properties/child',
    ]);
  });
});
