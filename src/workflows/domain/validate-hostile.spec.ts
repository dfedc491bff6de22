import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { aTask, aValidationContext } from '../../../test/factories/definition.factory.js';
import { quoteDefinition } from './quote.js';
import { validateDefinition } from './validate-definition.js';
import { cpuTimeOf } from '../../../test/support/cpu-time.js';

const context = aValidationContext();
const codesOf = (value: unknown) => validateDefinition(value, context).issues.map(({ code }) => code);
const numbered = (length: number, make: (index: number) => unknown) => ({
  tasks: Array.from({ length }, (_, i) => make(i)),
});

const nearlyWork = fc.oneof(
  fc.jsonValue(),
  fc.record(
    {
      taskType: fc.constantFrom<unknown>('test.any', 'test.none', 7),
      parameters: fc.constantFrom<unknown>({ x: '{{ tasks.a.result }}' }, { x: '{{' }, []),
    },
    { requiredKeys: [] },
  ),
);

/** Values that are nearly tasks: right and wrong types in every field. */
const nearlyTask = fc.record(
  {
    taskId: fc.constantFrom<unknown>('a', 'b', 'c', 'A!', '', 5, null),
    taskType: fc.constantFrom<unknown>('test.any', 'test.none', 7, {}),
    parameters: fc.oneof(
      fc.jsonValue(),
      fc.constantFrom<unknown>({ x: '{{ tasks.a.result.y }}' }, { x: '{{' }, []),
    ),
    dependencies: fc.oneof(fc.array(fc.constantFrom<unknown>('a', 'b', 'c', 'd', 3, null)), fc.jsonValue()),
    agentId: fc.jsonValue(),
    when: fc.oneof(
      fc.jsonValue(),
      fc.constantFrom<unknown>({ value: '{{ tasks.b.result }}', equals: null }, { value: 3 }),
    ),
    retry: fc.oneof(fc.jsonValue(), fc.record({ maxAttempts: fc.jsonValue(), extra: fc.jsonValue() })),
    alternatives: fc.oneof(fc.jsonValue(), fc.array(nearlyWork, { maxLength: 12 })),
    compensation: nearlyWork,
    priority: fc.jsonValue(),
    estimatedDurationSeconds: fc.oneof(fc.double(), fc.jsonValue()),
  },
  { requiredKeys: [] },
);
const nearlyDefinition = fc.oneof(
  fc.anything({ withBigInt: true, withSparseArray: true, withNullPrototype: true }),
  fc.record({
    tasks: fc.oneof(fc.array(fc.oneof(nearlyTask, fc.jsonValue()), { maxLength: 6 }), fc.jsonValue()),
    output: fc.jsonValue(),
  }),
);

describe('hostile input', () => {
  it('never makes the check throw and is either valid or has issues', () => {
    fc.assert(
      fc.property(nearlyDefinition, (value) => {
        const { valid, issues, definition, quotable } = validateDefinition(value, context);
        expect(valid).toBe(issues.length === 0);
        expect(definition !== null).toBe(valid);
        if (quotable !== null) quoteDefinition(quotable.definition, quotable.graph, context);
      }),
      { numRuns: 3000 },
    );
  });

  it('with __proto__ and constructor members is input like any other', () => {
    const text =
      '{"tasks":[{"taskId":"a","taskType":"test.any","__proto__":{"taskId":"x"},"parameters":{"__proto__":{"a":"{{ x }}"}}}],"__proto__":{},"constructor":1}';
    expect(
      validateDefinition(JSON.parse(text), context).issues.map(({ code, pointer }) => `${code} ${pointer}`),
    ).toEqual([
      'unknown_field /__proto__',
      'unknown_field /constructor',
      'unknown_field /tasks/0/__proto__',
      'invalid_reference /tasks/0/parameters/__proto__/a',
    ]);
  });

  it('nested 5,000 levels is an issue, not a stack overflow', () => {
    const deep = JSON.parse('['.repeat(5000) + ']'.repeat(5000)) as unknown;
    expect(codesOf(deep)).toEqual(['invalid_definition']);
    expect(codesOf({ tasks: [{ ...aTask(), parameters: { deep } }], output: deep })).toEqual([
      'invalid_field',
      'invalid_field',
    ]);
    expect(codesOf({ tasks: deep })).toEqual(['invalid_field']);
  });

  it('gets 1,000 issues and a count of the rest', () => {
    const issues = validateDefinition(
      numbered(5_000, () => null),
      context,
    ).issues;
    expect(issues).toHaveLength(1_001);
    expect(issues.at(-1)).toMatchObject({ code: 'too_many_issues', pointer: '' });
    expect(issues.at(-1)?.message).toContain('4000 more');
  });

  it('with long names gets short messages', () => {
    const long = 'x'.repeat(100_000);
    const issues = validateDefinition(
      { tasks: [{ ...aTask({ taskType: long, dependencies: [long] }), [long]: 1 }] },
      context,
    ).issues;
    expect(issues.map(({ message, pointer }) => message.length + pointer.length < 600)).toEqual(
      issues.map(() => true),
    );
    expect(issues.length).toBeGreaterThan(2);
  });

  it.each<[string, unknown]>([
    [
      'unknown dependencies',
      numbered(10_000, (i) => aTask({ taskId: `task-${i}`, dependencies: [`tusk-${i}`, `tosk-${i}`] })),
    ],
    [
      'a chain where all use the result of all kinds of ancestors',
      numbered(10_000, (i) =>
        aTask({
          taskId: `t${i}`,
          dependencies: i === 0 ? [] : [`t${i - 1}`],
          parameters: { a: i < 2 ? 1 : `{{ tasks.t${Math.floor(i / 2)}.result }}` },
        }),
      ),
    ],
    [
      'dense dependencies',
      numbered(10_000, (i) =>
        aTask({
          taskId: `t${i}`,
          dependencies: Array.from({ length: Math.min(i, 60) }, (_, k) => `t${i - 1 - k}`),
        }),
      ),
    ],
    [
      'one ring of all tasks',
      numbered(10_000, (i) => aTask({ taskId: `t${i}`, dependencies: [`t${(i + 1) % 10_000}`] })),
    ],
    ['equal ids', numbered(10_000, () => aTask())],
    [
      'one text of a million braces',
      { tasks: [aTask({ parameters: { a: '{{ run.input ?? '.repeat(60_000), b: '{'.repeat(1_000_000) } })] },
    ],
    [
      'a reference with a long path',
      { tasks: [aTask({ parameters: { a: `{{ run.input${'.a'.repeat(500_000)} }}` } })] },
    ],
  ])('with %s is answered at once', (_, value) => {
    const spent = cpuTimeOf(() => {
      const { quotable } = validateDefinition(value, context);
      if (quotable !== null) quoteDefinition(quotable.definition, quotable.graph, context);
    });
    // Ten times what it takes; quadratic work would take minutes.
    expect(spent).toBeLessThan(3_000);
  });
});
