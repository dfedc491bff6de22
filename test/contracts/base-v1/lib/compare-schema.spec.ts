import { describe, expect, it } from '@jest/globals';
import type { JsonObject } from '../../../../src/common/json.js';
import { compareSchema } from './compare-schema.js';
import type { Direction } from './step.js';

const pointers = (direction: Direction, recorded: JsonObject, now: JsonObject) =>
  compareSchema({ recorded, now, direction, path: [] }).map(({ pointer }) => pointer);

const object = (properties: JsonObject, required: string[] = []): JsonObject => ({
  type: 'object',
  properties,
  required,
  additionalProperties: false,
});
const text = { type: 'string' };
const nullable = { anyOf: [text, { type: 'null' }] };

describe('both directions', () => {
  it.each<Direction>(['request', 'response'])('of a %s: members and values may be added', (direction) => {
    expect(pointers(direction, object({ a: text }), object({ a: text, b: text }))).toEqual([]);
    expect(pointers(direction, { enum: ['a'] }, { enum: ['a', 'b'] })).toEqual([]);
  });

  it.each<Direction>(['request', 'response'])('of a %s: none may be taken away', (direction) => {
    expect(pointers(direction, object({ a: text }), object({}))).toEqual(['/properties/a']);
    expect(pointers(direction, { enum: ['a', 'b'] }, { enum: ['a'] })).toEqual(['/enum']);
    expect(pointers(direction, text, { type: 'integer' })).toEqual(['/type']);
    expect(
      pointers(direction, { type: 'array', items: text }, { type: 'array', items: { type: 'null' } }),
    ).toEqual(['/items/type']);
  });

  it('follow references, also of a schema into itself', () => {
    const tree = (label: JsonObject): JsonObject => ({
      $ref: '#/$defs/node',
      $defs: { node: object({ label, child: { $ref: '#/$defs/node' } }) },
    });
    expect(pointers('response', tree(text), tree(text))).toEqual([]);
    expect(pointers('response', tree(text), tree({ type: 'number' }))).toEqual(['/properties/label/type']);
  });

  it('do not care how the same is written', () => {
    expect(pointers('response', nullable, { type: ['string', 'null'] })).toEqual([]);
    expect(pointers('request', { type: ['string', 'null'] }, nullable)).toEqual([]);
  });
});

describe('what a client sends', () => {
  it('may not be required where it was not', () => {
    expect(pointers('request', object({ a: text }), object({ a: text }, ['a']))).toEqual(['/required/a']);
    expect(pointers('request', object({}), object({ b: text }, ['b']))).toEqual(['/required/b']);
    expect(pointers('request', object({ a: text }, ['a']), object({ a: text }))).toEqual([]);
  });

  it.each<[JsonObject, JsonObject, string]>([
    [{ minLength: 1 }, { minLength: 2 }, '/minLength'],
    [{ maximum: 9 }, { maximum: 8 }, '/maximum'],
    [{}, { maxItems: 5 }, '/maxItems'],
    [{}, { pattern: '^a' }, '/pattern'],
    [{ format: 'date' }, { format: 'uuid' }, '/format'],
  ])('may not be limited more: %j, now %j', (before, after, pointer) => {
    expect(pointers('request', { type: 'string', ...before }, { type: 'string', ...after })).toEqual([
      pointer,
    ]);
    expect(pointers('response', { type: 'string' }, { type: 'string', ...after })).toEqual([]);
  });

  it('may be limited less', () => {
    expect(pointers('request', { ...text, maxLength: 5, pattern: 'a' }, { ...text, maxLength: 6 })).toEqual(
      [],
    );
    expect(pointers('request', text, {})).toEqual([]);
    expect(pointers('request', text, nullable)).toEqual([]);
    expect(pointers('request', { type: 'integer' }, { type: 'number' })).toEqual([]);
  });

  it('may not be closed where anything was welcome', () => {
    const open = { type: 'object', additionalProperties: true };
    expect(pointers('request', open, object({}))).toEqual(['/required/additionalProperties']);
  });

  it('may not lose an alternative', () => {
    expect(pointers('request', nullable, text)).toEqual(['/type']);
  });
});

describe('what a client reads', () => {
  it('may not become optional, nor null, nor of another format', () => {
    expect(pointers('response', object({ a: text }, ['a']), object({ a: text }))).toEqual(['/required/a']);
    expect(pointers('response', text, nullable)).toEqual(['/type']);
    expect(pointers('response', { ...text, format: 'uuid' }, text)).toEqual(['/format']);
    expect(pointers('response', { type: 'integer' }, { type: 'number' })).toEqual(['/type']);
    expect(pointers('response', text, {})).toEqual(['/type']);
  });

  it('may become more certain', () => {
    expect(pointers('response', nullable, text)).toEqual([]);
    expect(pointers('response', object({ a: text }), object({ a: text }, ['a']))).toEqual([]);
    expect(pointers('response', {}, text)).toEqual([]);
  });
});
