import { describe, expect, it } from '@jest/globals';
import { isError } from '../../../common/issue.js';
import type { JsonObject } from '../../../common/json.js';
import { anthropicSchemaIssues, toAnthropicSchema } from '../anthropic/schema.js';
import { googleSchemaIssues, toGoogleSchema } from '../google/schema.js';
import { openAiSchemaIssues, toOpenAiSchema } from '../openai/schema.js';

const PROVIDERS = [
  ['openai', openAiSchemaIssues, toOpenAiSchema],
  ['anthropic', anthropicSchemaIssues, toAnthropicSchema],
  ['google', googleSchemaIssues, toGoogleSchema],
] as const;

const closed = (properties: JsonObject): JsonObject => ({
  type: 'object',
  properties,
  required: Object.keys(properties),
  additionalProperties: false,
});
const many = (count: number, schema: JsonObject): JsonObject =>
  closed(Object.fromEntries(Array.from({ length: count }, (_, index) => [`p${index}`, schema])));
const errorsOf = (issues: ReturnType<typeof openAiSchemaIssues>) =>
  issues.filter(isError).map(({ pointer }) => pointer);

const PORTABLE = closed({
  name: { type: 'string', description: 'At most 40 characters.', maxLength: 40 },
  kind: { type: 'string', enum: ['a', 'b'] },
  note: { anyOf: [{ type: 'string' }, { type: 'null' }] },
  parts: { type: 'array', items: closed({ share: { type: 'number', minimum: 0, maximum: 1 } }) },
});

describe.each(PROVIDERS)('%s', (_, issuesOf, toSchema) => {
  it('takes a portable schema, and only warns of bounds', () => {
    expect(errorsOf(issuesOf(PORTABLE))).toEqual([]);
    expect(issuesOf(PORTABLE).map(({ pointer }) => pointer)).toContain('/properties/name/maxLength');
  });

  it('has nothing to say of what it is sent', () => {
    expect(issuesOf(toSchema(PORTABLE))).toEqual([]);
  });

  it('refuses values of any kind', () => {
    expect(errorsOf(issuesOf(closed({ any: { description: 'Whatever.' } })))).toEqual(['/properties/any']);
  });

  it('refuses allOf or oneOf once, as an error', () => {
    const keyword = issuesOf === anthropicSchemaIssues ? 'oneOf' : 'allOf';
    const schema = closed({ both: { [keyword]: [{ type: 'string' }] } });
    expect(issuesOf(schema).map(({ pointer }) => pointer)).toEqual([`/properties/both/${keyword}`]);
  });
});

describe.each([anthropicSchemaIssues, googleSchemaIssues])('%p', (issuesOf) => {
  it('refuses recursion', () => {
    const schema = { ...closed({ child: { $ref: '#' } }) };
    expect(errorsOf(issuesOf(schema))).toEqual(['/properties/child']);
  });
});

describe('openai', () => {
  it('wants an object as the root, closed, with everything required', () => {
    expect(errorsOf(openAiSchemaIssues({ type: 'array', items: { type: 'string' } }))).toEqual(['']);
    const open = { type: 'object', properties: { a: { type: 'string' } } };
    expect(errorsOf(openAiSchemaIssues(open))).toEqual(['', '/properties/a']);
  });

  it.each([
    [10, []],
    [11, ['/properties/a'.repeat(11)]],
  ])('takes ten levels: %i', (levels, expected) => {
    let schema: JsonObject = { type: 'string' };
    for (let level = 0; level < levels; level++) schema = closed({ a: schema });
    expect(errorsOf(openAiSchemaIssues(schema))).toEqual(expected);
  });

  it('counts properties, enum values and characters', () => {
    const messages = (schema: JsonObject) => openAiSchemaIssues(schema).map(({ message }) => message);
    expect(messages(many(5000, { type: 'string' }))).toEqual([]);
    expect(messages(many(5001, { type: 'string' }))).toEqual([
      'openai takes at most 5000 properties; there are 5001.',
    ]);
    const values = (count: number) => Array.from({ length: count }, (_, index) => index);
    expect(messages(closed({ a: { type: 'integer', enum: values(1000) } }))).toEqual([]);
    expect(messages(closed({ a: { type: 'integer', enum: values(1001) } }))).toEqual([
      'openai takes at most 1000 enum values; there are 1001.',
    ]);
    expect(messages(closed({ a: { type: 'string', const: 'x'.repeat(120_000) } }))).toEqual([
      'openai takes at most 120000 characters in names, enums and constants; there are 120001.',
    ]);
    const texts = (length: number) => Array.from({ length: 251 }, () => 'x'.repeat(length));
    expect(messages(closed({ a: { type: 'string', enum: texts(59) } }))).toEqual([]);
    expect(errorsOf(openAiSchemaIssues(closed({ a: { type: 'string', enum: texts(60) } })))).toEqual([
      '/properties/a/enum',
    ]);
  });
});

describe('anthropic', () => {
  const union = { type: ['string', 'null'] };

  it.each([
    [16, []],
    [17, ['/properties/p16']],
  ])('takes 16 values of more than one type: %i', (count, expected) => {
    expect(errorsOf(anthropicSchemaIssues(many(count, union)))).toEqual(expected);
  });

  it.each([
    [24, []],
    [25, ['/properties/p24']],
  ])('takes 24 optional properties: %i', (count, expected) => {
    const schema = { ...many(count, { type: 'string' }), required: [] };
    expect(errorsOf(anthropicSchemaIssues(schema))).toEqual(expected);
  });

  it('wants every object closed', () => {
    const record = { type: 'object', additionalProperties: { type: 'string' } };
    expect(errorsOf(anthropicSchemaIssues(closed({ record })))).toEqual(['/properties/record']);
  });

  it('is sent the least length of a list only where it is 0 or 1', () => {
    const list = (minItems: number) => ({ type: 'array', items: { type: 'string' }, minItems });
    expect(toAnthropicSchema(list(1))).toEqual(list(1));
    expect(toAnthropicSchema(list(2))).toEqual({ type: 'array', items: { type: 'string' } });
  });
});

describe('google', () => {
  it('is sent a constant as an enum', () => {
    expect(toGoogleSchema({ type: 'string', const: 'a' })).toEqual({ type: 'string', enum: ['a'] });
    expect(googleSchemaIssues(closed({ a: { type: 'string', const: 'a' } }))).toEqual([]);
  });

  it('takes nothing beside a reference', () => {
    const schema = {
      ...closed({ a: { $ref: '#/$defs/a', description: 'A.' } }),
      $defs: { a: { type: 'string' } },
    };
    expect(errorsOf(googleSchemaIssues(schema))).toEqual(['/properties/a']);
  });
});
