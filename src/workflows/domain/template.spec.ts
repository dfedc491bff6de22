import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parseTemplate } from './template.js';

const partsOf = (text: string) => {
  const parsed = parseTemplate(text);
  return parsed.ok ? parsed.template.parts : parsed.error;
};

const reference = (text: string, taskId: string | null, path: (string | number)[], fallback?: unknown) => ({
  taskId,
  path,
  text,
  ...(fallback === undefined ? {} : { fallback: { value: fallback } }),
});

describe('a template', () => {
  it.each([
    ['{{ run.input }}', null, []],
    ['{{run.input.a.b}}', null, ['a', 'b']],
    ['{{ run.input[0][12].x }}', null, [0, 12, 'x']],
    ['{{ tasks.read-lock.result }}', 'read-lock', []],
    ['{{ tasks.a.result.items[3]["a.b"].content-type }}', 'a', ['items', 3, 'a.b', 'content-type']],
    [`{{ tasks.a.result['x y'] }}`, 'a', ['x y']],
    ['{{ tasks.a.result.0 }}', 'a', ['0']],
    ['{{ tasks.a.result["say \\"hi\\""] }}', 'a', ['say "hi"']],
  ])('reads %s', (text, taskId, path) => {
    expect(partsOf(text)).toEqual([reference(text, taskId, path)]);
  });

  it.each([
    ['{{ run.input.a ?? null }}', null],
    ['{{ run.input.a ?? "none" }}', 'none'],
    ['{{ run.input.a ?? -1.5e3 }}', -1500],
    ['{{ run.input.a ??true}}', true],
    ['{{ run.input.a ?? {"b":{"c":[1,"}}"]}}}}', { b: { c: [1, '}}'] } }],
    ['{{ run.input.a ?? [] }}', []],
    ['{{ run.input.a ?? "{{ \\" }}" }}', '{{ " }}'],
  ])('reads the default of %s', (text, fallback) => {
    expect(partsOf(text)).toEqual([reference(text, null, ['a'], fallback)]);
  });

  it('keeps the text around references', () => {
    expect(partsOf('{"a":{"b":{{ run.input.n }}}} and {{ tasks.x.result.y }}!')).toEqual([
      '{"a":{"b":',
      reference('{{ run.input.n }}', null, ['n']),
      '}} and ',
      reference('{{ tasks.x.result.y }}', 'x', ['y']),
      '!',
    ]);
  });

  it('without references is its text', () => {
    expect(partsOf('no } } { { here }}')).toEqual(['no } } { { here }}']);
    expect(partsOf('')).toEqual(['']);
  });

  it.each([
    ['{{ name }}', 4, /a reference is/],
    ['{{ }}', 4, /a reference is/],
    ['{{ run.output.x }}', 8, /"output" should be "input"/],
    ['{{ tasks.a.output }}', 12, /"output" should be "result"/],
    ['{{ tasks.a }}', 11, /a reference is/],
    ['{{ run.input. }}', 14, /name is missing/],
    ['{{ run.input[-1] }}', 13, /brackets hold an index/],
    ['{{ run.input[a] }}', 13, /brackets hold an index/],
    ['{{ run.input.a ?? none }}', 19, /JSON literal/],
    ['{{ run.input.a ?? "open }}', 19, /JSON literal/],
    ['{{ run.input.a ?? }}', 19, /JSON literal/],
    ['{{ run.input.a | upper }}', 16, /does not end/],
    ['{{ run.input.a', 15, /does not end/],
    ['fine {{ run.input.a }} then {{ oops', 32, /a reference is/],
  ])('refuses %s at its column', (text, column, message) => {
    expect(partsOf(text)).toEqual({ column, message: expect.stringMatching(message) });
  });

  it('never throws, and its parts add up to the text', () => {
    const piece = fc.constantFrom(
      '{{',
      '}}',
      ' ',
      'run.input',
      'tasks.a.result',
      '.b',
      '[0]',
      '["c"]',
      '??',
      '"d"',
      '{}',
      'x',
      '\\',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(piece).map((pieces) => pieces.join('')),
        ),
        (text) => {
          const parsed = parseTemplate(text);
          if (parsed.ok) {
            const written = parsed.template.parts.map((part) =>
              typeof part === 'string' ? part : part.text,
            );
            expect(written.join('')).toBe(text);
          } else expect(parsed.error.column).toBeLessThanOrEqual(text.length + 1);
        },
      ),
      { numRuns: 2000 },
    );
  });
});
