import { expect, it } from '@jest/globals';
import type { JsonObject } from '../../../common/json.js';
import { keepKeywords, keywordFilter, leftOutIssues } from './keep-keywords.js';

const keeps = keywordFilter(['type', 'properties', 'items', 'anyOf', '$defs', 'enum', 'required'], {
  minItems: (value) => value === 1,
});

it('drops keywords wherever a schema is, and no property that is called like one', () => {
  const schema: JsonObject = {
    type: 'object',
    properties: {
      maximum: { type: 'integer', maximum: 5 },
      list: { type: 'array', minItems: 1, items: { type: 'string', pattern: 'a' } },
      either: { anyOf: [{ type: 'array', minItems: 2 }, { enum: [{ pattern: 'data' }] }] },
    },
    required: ['maximum'],
    $defs: { title: { type: 'string', title: 'T' } },
  };
  expect(keepKeywords(schema, keeps)).toEqual({
    type: 'object',
    properties: {
      maximum: { type: 'integer' },
      list: { type: 'array', minItems: 1, items: { type: 'string' } },
      either: { anyOf: [{ type: 'array' }, { enum: [{ pattern: 'data' }] }] },
    },
    required: ['maximum'],
    $defs: { title: { type: 'string' } },
  });
});

it('warns of each with its pointer', () => {
  const schema = { type: 'object', properties: { 'a/b': { type: 'string', pattern: 'a' } } };
  expect(leftOutIssues(schema, 'acme', keeps)).toEqual([
    {
      code: 'schema_keyword_left_out',
      pointer: '/properties/a~1b/pattern',
      message:
        'acme does not take "pattern" here, so it is not sent; the answer is still checked against it.',
      severity: 'warning',
    },
  ]);
});

it('is not fooled by names of the object prototype', () => {
  expect(keepKeywords({ constructor: { type: 'string' } }, keeps)).toEqual({});
});
