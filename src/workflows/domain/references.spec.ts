import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { JsonObject, JsonValue } from '../../common/json.js';
import { collectReferences } from './collect-references.js';
import { resolveParameters, resolveValue } from './references.js';
import type { ReferenceScope } from './resolve-reference.js';

const NONE: ReadonlySet<string> = new Set();

const scopeOf = (input: JsonValue, results: Record<string, JsonValue> = {}): ReferenceScope => ({
  input,
  result: (taskId) => (Object.hasOwn(results, taskId) ? results[taskId] : undefined),
});

const scope = scopeOf(
  { name: 'Ada', n: 3, list: [10, { deep: true }], 'a.b': 'dotted', empty: null },
  { read: { content: { size: 7 } }, skipped: null },
);
const resolve = (value: JsonValue) => resolveValue(value, scope);

describe('references', () => {
  it.each<[string, JsonValue]>([
    ['{{ run.input.n }}', 3],
    ['{{ run.input.list }}', [10, { deep: true }]],
    ['{{ run.input.list[1].deep }}', true],
    ['{{ run.input["a.b"] }}', 'dotted'],
    ['{{ run.input.empty }}', null],
    ['{{ tasks.read.result.content }}', { size: 7 }],
    ['{{ tasks.skipped.result }}', null],
    ['{{ run.input.none ?? [1] }}', [1]],
    ['{{ tasks.skipped.result.content ?? "none" }}', 'none'],
    ['{{ run.input.empty ?? "unused: null is a value" }}', null],
  ])('%s alone keeps its type', (text, value) => {
    expect(resolve(text)).toEqual({ value });
  });

  it('in text appear as they are when they are strings, else as JSON', () => {
    const text = '{{ run.input.name }}: {{ run.input.n }}, {{ run.input.list }}, {{ run.input.empty }}';
    expect(resolve(text)).toEqual({ value: 'Ada: 3, [10,{"deep":true}], null' });
    expect(resolve(' {{ run.input.n }}')).toEqual({ value: ' 3' });
  });

  it.each([
    ['{{ run.input.none }}', /"none" is absent in an object with name, n, list/],
    ['{{ run.input.list[2] }}', /\[2\] is absent in an array of 2/],
    ['{{ run.input.list.length }}', /"length" is absent in an array/],
    ['{{ run.input.name.length }}', /"length" is absent in a string/],
    ['{{ run.input.constructor }}', /"constructor" is absent/],
    ['{{ run.input.__proto__ }}', /"__proto__" is absent/],
    ['{{ run.input[0] }}', /\[0\] is absent in an object/],
    ['{{ tasks.skipped.result.content }}', /"content" is absent in null/],
    ['{{ tasks.other.result }}', /no result of "other"/],
  ])('%s has no value', (text, message) => {
    expect(resolve({ p: [text] })).toEqual({
      issues: [{ code: 'unresolved_reference', pointer: '/p/0', message: expect.stringMatching(message) }],
    });
  });

  it('report everything that stands in the way at once', () => {
    const resolved = resolve({ a: '{{ run.input.none }}', 'b/c': ['{{ oops }}'] });
    expect(resolved).toMatchObject({
      issues: [
        { code: 'unresolved_reference', pointer: '/a' },
        { code: 'invalid_reference', pointer: '/b~1c/0' },
      ],
    });
  });

  it('bring in data that is never read for references again', () => {
    const hostile = scopeOf({ text: '{{ run.input.secret }}', secret: 'x' });
    expect(resolveValue({ a: '{{ run.input.text }}', b: '> {{ run.input.text }}' }, hostile)).toEqual({
      value: { a: '{{ run.input.secret }}', b: '> {{ run.input.secret }}' },
    });
  });

  it('leave literal parameters alone, at the top level only', () => {
    const parameters = { template: '{{ name }}', data: { template: '{{ run.input.n }}' } };
    const resolved = resolveParameters(parameters, new Set(['template']), scope);
    expect(resolved).toEqual({ value: { template: '{{ name }}', data: { template: 3 } } });
    expect(collectReferences(parameters, new Set(['template'])).templates.map(({ path }) => path)).toEqual([
      ['data', 'template'],
    ]);
  });

  it('do not copy what holds none', () => {
    const parameters: JsonObject = { big: { a: [1, 2] }, ref: '{{ run.input.n }}' };
    const resolved = resolveParameters(parameters, NONE, scope);
    expect('value' in resolved && resolved.value['big']).toBe(parameters['big']);
  });

  it('keep a member called __proto__ a member', () => {
    const parameters = JSON.parse('{"__proto__":{"x":"{{ run.input.n }}"}}') as JsonObject;
    const resolved = resolveParameters(parameters, NONE, scope);
    expect(JSON.stringify(resolved)).toBe('{"value":{"__proto__":{"x":3}}}');
  });

  it('are found where they are, and what cannot be read too', () => {
    const found = collectReferences({
      a: ['x', '{{ run.input.n }}'],
      b: { c: '{{ tasks.t.result }} {{ run.input }}' },
      d: '{{',
    });
    expect(found.templates.map(({ path }) => path)).toEqual([
      ['a', 1],
      ['b', 'c'],
    ]);
    expect(found.issues).toMatchObject([{ code: 'invalid_reference', pointer: '/d' }]);
  });

  it('lead to any own member of any JSON by its quoted keys', () => {
    const json = fc.jsonValue({ maxDepth: 3 }) as fc.Arbitrary<JsonValue>;
    fc.assert(
      fc.property(json, fc.array(fc.nat()), (input, choices) => {
        let value = input;
        let path = '';
        for (const choice of choices) {
          const keys = typeof value === 'object' && value !== null ? Object.keys(value) : [];
          const key = keys[choice % Math.max(1, keys.length)];
          if (key === undefined) break;
          path += Array.isArray(value) ? `[${key}]` : `[${JSON.stringify(key)}]`;
          value = (value as Record<string, JsonValue>)[key] as JsonValue;
        }
        expect(resolveValue(`{{ run.input${path} }}`, scopeOf(input))).toEqual({ value });
      }),
    );
  });

  it('change nothing in JSON without braces', () => {
    fc.assert(
      fc.property(fc.jsonValue() as fc.Arbitrary<JsonValue>, (value) => {
        fc.pre(!JSON.stringify(value).includes('{{'));
        const resolved = resolveValue(value, scope);
        expect('value' in resolved && resolved.value).toBe(value);
      }),
    );
  });
});
