import { describe, expect, it } from '@jest/globals';
import type { JsonObject, JsonValue } from '../../common/json.js';
import { readBySchema } from './read-by-schema.js';

const SCHEMA: JsonObject = {
  type: 'object',
  additionalProperties: false,
  required: ['name', 'kind', 'items'],
  properties: {
    name: { type: 'string', maxLength: 5 },
    kind: { enum: ['a', 'b'] },
    items: {
      type: 'array',
      minItems: 1,
      items: { anyOf: [{ type: 'integer', minimum: 0 }, { type: 'null' }] },
    },
  },
};
const pointers = (value: JsonValue) => {
  const read = readBySchema(value, SCHEMA);
  return read.answer === undefined ? read.issues.map(({ code, pointer }) => `${code} ${pointer}`) : null;
};

describe('readBySchema', () => {
  it('takes what fits', () => {
    const value = { name: 'Ada', kind: 'a', items: [1, null] };
    expect(readBySchema(value, SCHEMA)).toEqual({ answer: value });
  });

  it('lists everything that does not', () => {
    expect(pointers({ name: 'Augusta', kind: 'c', items: [-1], more: 1 })).toEqual(
      expect.arrayContaining(['too_big /name', 'invalid_value /kind', 'unknown_field /more']),
    );
    expect(pointers({ name: 1 })).toEqual(expect.arrayContaining(['invalid_type /name', 'required /items']));
    expect(pointers([])).toEqual(['invalid_type ']);
  });

  it('says that there is no JSON', () => {
    expect(readBySchema(undefined, SCHEMA)).toMatchObject({ issues: [{ code: 'invalid_json' }] });
  });
});
