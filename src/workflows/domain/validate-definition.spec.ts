import { describe, expect, it } from '@jest/globals';
import { aTask, aValidationContext, brief, tasksOf } from '../../../test/factories/definition.factory.js';
import type { Issue } from '../../common/issue.js';
import { parseDefinition, validateDefinition } from './validate-definition.js';

const AGENT = '018f4b6e-0000-7000-8000-000000000001';
const context = aValidationContext();

const issuesOf = (value: unknown, inContext = context): readonly Issue[] =>
  validateDefinition(value, inContext).issues;
const briefOf = (value: unknown, inContext = context): string[] => brief(issuesOf(value, inContext));

describe('a valid definition', () => {
  it('is answered typed, with its defaults, and can be quoted', () => {
    const { valid, issues, definition, quotable } = validateDefinition(
      { tasks: [{ taskId: 'a', taskType: 'test.any', retry: { maxAttempts: 3 } }], output: null },
      context,
    );
    expect({ valid, issues }).toEqual({ valid: true, issues: [] });
    expect(definition).toEqual({
      tasks: [
        {
          taskId: 'a',
          taskType: 'test.any',
          parameters: {},
          dependencies: [],
          retry: { maxAttempts: 3, initialDelaySeconds: 1, maxDelaySeconds: 60 },
        },
      ],
      output: null,
    });
    expect(quotable?.definition).toBe(definition);
    expect(quotable?.graph.depth).toBe(1);
  });

  it('may use every field', () => {
    const task = aTask({
      taskId: 'b',
      description: 'Second',
      dependencies: ['a'],
      agentId: AGENT,
      when: { value: '{{ tasks.a.result.ok ?? false }}', equals: true },
      estimatedDurationSeconds: 0,
      timeoutSeconds: 0.5,
      priority: 9,
      optional: true,
      retry: { maxAttempts: 1, initialDelaySeconds: 0, maxDelaySeconds: 0 },
      alternatives: [{ taskType: 'test.any', parameters: { from: '{{ tasks.a.result }}' } }],
      compensation: { taskType: 'test.any', parameters: { undo: '{{ tasks.b.result }}' } },
    });
    const whole = {
      tasks: [aTask(), task],
      output: '{{ tasks.b.result }}',
      timeoutSeconds: 60,
      inputSchema: { type: 'object' },
    };
    expect(parseDefinition(whole, context)).toEqual({ definition: whole, issues: [] });
  });
});

describe('the shape of a definition', () => {
  it.each([null, 5, 'text', [], true, undefined])('is not %j', (value) => {
    expect(briefOf(value)).toEqual(['invalid_definition ']);
  });

  it('has a list of tasks', () => {
    expect(briefOf({})).toEqual(['invalid_field /tasks']);
    expect(briefOf({ tasks: {} })).toEqual(['invalid_field /tasks']);
    expect(briefOf({ tasks: [] })).toEqual(['invalid_field /tasks']);
  });

  it('has known fields only, the nearest proposed first', () => {
    const issues = issuesOf({
      tasks: [{ ...aTask(), fallbacks: [], dependecies: [], retry: { maxAttempts: 1, delay: 2 } }],
      outputs: 1,
    });
    expect(brief(issues)).toEqual([
      'unknown_field /outputs',
      'unknown_field /tasks/0/retry/delay',
      'unknown_field /tasks/0/fallbacks',
      'unknown_field /tasks/0/dependecies',
    ]);
    expect(issues[0]?.allowed?.[0]).toBe('output');
    expect(issues[1]?.allowed).toHaveLength(3);
    expect(issues[3]?.allowed?.[0]).toBe('dependencies');
  });

  it('has fields of the right type and range', () => {
    const task = {
      taskId: 'Not an id',
      taskType: 7,
      description: 1,
      parameters: [],
      dependencies: [null],
      agentId: 'me',
      when: { value: '{{ run.input.a }}', equals: 1, in: [] },
      estimatedDurationSeconds: -1,
      timeoutSeconds: 0,
      priority: 10,
      optional: 'yes',
      retry: { maxAttempts: 0 },
      alternatives: {},
      compensation: [],
    };
    expect(briefOf({ tasks: [task, 'x'], timeoutSeconds: 'x', inputSchema: [] })).toEqual([
      'invalid_field /timeoutSeconds',
      'invalid_field /inputSchema',
      'invalid_task_id /tasks/0/taskId',
      'invalid_field /tasks/0/taskType',
      'invalid_field /tasks/0/description',
      'invalid_field /tasks/0/parameters',
      'invalid_field /tasks/0/dependencies/0',
      'invalid_field /tasks/0/agentId',
      'invalid_field /tasks/0/when',
      'invalid_field /tasks/0/estimatedDurationSeconds',
      'invalid_field /tasks/0/timeoutSeconds',
      'invalid_field /tasks/0/priority',
      'invalid_field /tasks/0/optional',
      'invalid_field /tasks/0/retry/maxAttempts',
      'invalid_field /tasks/0/alternatives',
      'invalid_field /tasks/0/compensation',
      'invalid_field /tasks/1',
    ]);
  });

  it('holds at most 10,000 tasks', () => {
    const tasks = Array.from({ length: 10_001 }, () => null);
    expect(briefOf({ tasks, more: 1 })).toEqual(['too_many_tasks /tasks']);
  });

  it('can be stored: no NUL, no lone surrogate, not too deep; the rest is checked on', () => {
    let deep: unknown = 1;
    for (let level = 0; level < 200; level++) deep = [deep];
    const issues = issuesOf({
      tasks: [
        aTask({ description: 'a\u0000b' }),
        { ...aTask({ taskId: 'b' }), parameters: { deep } },
        { ...aTask(), priority: 'x' },
      ],
      output: '\uD800',
    });
    expect(brief(issues)).toEqual([
      'invalid_field /output',
      'invalid_field /tasks/0/description',
      'invalid_field /tasks/1/parameters/deep/0',
      'invalid_field /tasks/2/priority',
      'duplicate_task_id /tasks/2/taskId',
    ]);
  });
});

describe('ids and dependencies', () => {
  it('are unique', () => {
    expect(briefOf({ tasks: [aTask(), aTask({ taskId: 'b' }), aTask()] })).toEqual([
      'duplicate_task_id /tasks/2/taskId',
    ]);
  });

  it('must exist; the nearest are proposed', () => {
    const issues = issuesOf({ tasks: tasksOf({ 'read-lock': [], 'other-thing': [], use: ['read-lok'] }) });
    expect(brief(issues)).toEqual(['unknown_dependency /tasks/2/dependencies/0']);
    expect(issues[0]?.allowed).toEqual(['read-lock', 'other-thing']);
  });

  it('may name a task with an invalid id, which is reported once', () => {
    expect(briefOf({ tasks: tasksOf({ A: [], b: ['A'] }) })).toEqual(['invalid_task_id /tasks/0/taskId']);
  });

  it('never lead back', () => {
    const issues = issuesOf({ tasks: tasksOf({ s: ['s'], a: ['b'], b: ['c'], c: ['a'] }) });
    expect(brief(issues)).toEqual([
      'self_dependency /tasks/0/dependencies/0',
      'dependency_cycle /tasks/1/dependencies',
    ]);
    expect(issues[1]?.message).toContain('"a" → "b" → "c" → "a"');
  });

  it('that are broken make a quote impossible, other issues do not', () => {
    const quotable = (value: unknown) => validateDefinition(value, context).quotable;
    expect(quotable({ tasks: tasksOf({ a: ['x'] }) })).toBeNull();
    expect(quotable({ tasks: tasksOf({ a: ['a'] }) })).toBeNull();
    expect(quotable({ tasks: tasksOf({ a: ['b'], b: ['a'] }) })).toBeNull();
    expect(quotable({ tasks: [aTask(), aTask()] })).toBeNull();
    expect(quotable({ tasks: [aTask(), { ...aTask({ taskId: 'b' }), dependencies: [1] }] })).toBeNull();
    expect(quotable({ tasks: [{ ...aTask(), dependencies: 'b' }] })).toBeNull();
    expect(quotable({ tasks: [] })).toBeNull();
    const flawed = validateDefinition(
      { tasks: [{ ...aTask(), taskType: 'test.none', priority: 99, colour: 1 }] },
      context,
    );
    expect(flawed.definition).toBeNull();
    expect(flawed.quotable?.definition).toEqual({ tasks: [aTask({ taskType: 'test.none' })] });
  });
});
