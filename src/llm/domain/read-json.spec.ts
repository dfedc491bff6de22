import { describe, expect, it } from '@jest/globals';
import { readJson } from './read-json.js';

describe('readJson', () => {
  it.each([
    ['{"a":1}', { a: 1 }],
    [' [1] \n', [1]],
    ['```json\n{"a":1}\n```', { a: 1 }],
    ['```\n{"a":1}\n```', { a: 1 }],
    ['Here it is: {"a":{"b":2}} I hope it helps.', { a: { b: 2 } }],
  ])('reads %j', (text, expected) => expect(readJson(text)).toEqual(expected));

  it.each(['', 'no', '{"a":', '} {', '<html></html>', '```json\n{"a":\n```'])('finds nothing in %j', (text) =>
    expect(readJson(text)).toBeUndefined(),
  );
});
