import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { issueCodeOf } from './issue-codes.js';
import { run } from './validate.job.js';

/** One broken keyword at a time. */
const BROKEN: readonly (readonly [keyword: string, schema: object, data: unknown, code: string])[] = [
  ['type', { type: 'string' }, 1, 'invalid_type'],
  ['required', { required: ['a'] }, {}, 'required'],
  ['additionalProperties', { additionalProperties: false }, { a: 1 }, 'unknown_field'],
  ['enum', { enum: [1] }, 2, 'invalid_value'],
  ['const', { const: 1 }, 2, 'invalid_value'],
  ['format', { format: 'uuid' }, 'x', 'invalid_format'],
  ['pattern', { pattern: '^a' }, 'b', 'invalid_format'],
  ['minimum', { minimum: 2 }, 1, 'too_small'],
  ['exclusiveMaximum', { exclusiveMaximum: 2 }, 2, 'too_big'],
  ['maxLength', { maxLength: 1 }, 'ab', 'too_big'],
  ['minItems', { minItems: 1 }, [], 'too_small'],
  ['multipleOf', { multipleOf: 2 }, 3, 'not_multiple_of'],
  ['not', { not: {} }, 1, 'invalid_value'],
  ['uniqueItems', { uniqueItems: true }, [1, 1], 'invalid_value'],
];

describe('the code of an issue of an input', () => {
  it.each(BROKEN)('for %s is documented', (keyword, schema, data, code) => {
    const answer = run({ schema, data });
    expect(answer).toMatchObject({ ok: true, value: { errors: [{ keyword }] } });
    expect(issueCodeOf(keyword)).toBe(code);
    expect(readFileSync('docs/errors.md', 'utf8')).toContain(`\`${code}\``);
  });

  it('is no member that every object has', () => {
    expect(issueCodeOf('constructor')).toBe('invalid_value');
  });
});
