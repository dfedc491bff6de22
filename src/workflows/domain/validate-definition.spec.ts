import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { aTask, aTaskType, aValidationContext, tasksOf } from '../../../test/factories/definition.factory.js';
import type { Issue } from '../../common/issue.js';
import { parseDefinition, validateDefinition } from './validate-definition.js';

const AGENT = '018f4b6e-0000-7000-8000-000000000001';
const OTHER = '018f4b6e-0000-7000-8000-000000000002';
const context = aValidationContext();

const issuesOf = (value: unknown, inContext = context): readonly Issue[] =>
  validateDefinition(value, inContext).issues;
/** `code pointer`, the part of an issue callers act on. */
const brief = (issues: readonly Issue[]): string[] => issues.map(({ code, pointer }) => `${code} ${pointer}`);
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
      tasks: [{ ...aTask(), alternatives: [], dependecies: [], retry: { maxAttempts: 1, delay: 2 } }],
      outputs: 1,
    });
    expect(brief(issues)).toEqual([
      'unknown_field /outputs',
      'unknown_field /tasks/0/retry/delay',
      'unknown_field /tasks/0/alternatives',
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
    expect(quotable({ tasks: [] })).toBeNull();
    const flawed = validateDefinition(
      { tasks: [{ ...aTask(), taskType: 'test.none', priority: 99, colour: 1 }] },
      context,
    );
    expect(flawed.definition).toBeNull();
    expect(flawed.quotable?.definition).toEqual({ tasks: [aTask({ taskType: 'test.none' })] });
  });
});

describe('task types', () => {
  it('must exist; the nearest are proposed', () => {
    const types = ['text.render', 'file.read', 'http.request'].map((name) => aTaskType({ name }));
    const [issue] = issuesOf({ tasks: [aTask({ taskType: 'file.reed' })] }, aValidationContext(types));
    expect(issue).toMatchObject({ code: 'unknown_task_type', pointer: '/tasks/0/taskType' });
    expect(issue?.allowed).toHaveLength(3);
    expect(issue?.allowed?.[0]).toBe('file.read');
  });

  it('must be available, else the reason is given', () => {
    const type = aTaskType({ availability: { available: false, reason: 'set LLM_PROVIDER' } });
    const issues = issuesOf({ tasks: [aTask()] }, aValidationContext([type]));
    expect(brief(issues)).toEqual(['task_type_unavailable /tasks/0/taskType']);
    expect(issues[0]?.message).toContain('set LLM_PROVIDER');
  });
});

describe('parameters', () => {
  const type = aTaskType({
    parameters: z.strictObject({
      count: z.number(),
      kind: z.enum(['a', 'b']).optional(),
      body: z.union([z.string(), z.strictObject({ size: z.number(), name: z.string() })]).optional(),
      list: z.array(z.number()).optional(),
      template: z.string().max(30).meta({ 'x-literal': true }).optional(),
    }),
  });
  const check = (parameters: object) =>
    briefOf({ tasks: [aTask({ parameters: parameters as never })] }, aValidationContext([type]));

  it('fit the schema of the type', () => {
    expect(check({ kind: 'c', list: [1, 'x'], extra: 1 })).toEqual([
      'invalid_parameters /tasks/0/parameters/count',
      'invalid_parameters /tasks/0/parameters/kind',
      'invalid_parameters /tasks/0/parameters/list/1',
      'invalid_parameters /tasks/0/parameters/extra',
    ]);
  });

  it('are not checked where a reference stands, but everywhere else', () => {
    expect(
      check({ count: '{{ run.input.n }}', kind: '{{ run.input.k }}', list: [1, '{{ run.input.n }}'] }),
    ).toEqual([]);
    expect(check({ count: '{{ run.input.n }}', list: ['x', '{{ run.input.n }}'] })).toEqual([
      'invalid_parameters /tasks/0/parameters/list/0',
    ]);
    expect(check({ count: 'text' })).toEqual(['invalid_parameters /tasks/0/parameters/count']);
  });

  it('with alternatives fit when one of them could fit once the references are known', () => {
    expect(check({ count: 1, body: { size: '{{ run.input.n }}', name: 'x' } })).toEqual([]);
    expect(check({ count: 1, body: { size: '{{ run.input.n }}', name: 5 } })).toEqual([
      'invalid_parameters /tasks/0/parameters/body',
    ]);
  });

  it('that are literal hold no references, and are checked as they stand', () => {
    expect(check({ count: 1, template: '{{ name | upcase }}' })).toEqual([]);
    expect(check({ count: 1, template: '{{ tasks.none.result }} and more text' })).toEqual([
      'invalid_parameters /tasks/0/parameters/template',
    ]);
  });

  it('whose reference cannot be read have that one issue', () => {
    expect(check({ count: '{{ n }}' })).toEqual(['invalid_reference /tasks/0/parameters/count']);
  });

  it('of a type whose check throws are an issue, not a crash', () => {
    const broken = aTaskType({
      parameters: z.looseObject({}).refine(() => {
        throw new Error('broken');
      }),
    });
    expect(briefOf({ tasks: [aTask()] }, aValidationContext([broken]))).toEqual([
      'invalid_parameters /tasks/0/parameters',
    ]);
  });
});

describe('references', () => {
  const using = (taskId: string, dependencies: string[], ...used: string[]) =>
    aTask({ taskId, dependencies, parameters: { used: used.map((one) => `{{ tasks.${one}.result }}`) } });

  it('go to ancestors, near and far', () => {
    const tasks = [aTask(), using('b', ['a'], 'a'), using('c', ['b'], 'a', 'b')];
    expect(briefOf({ tasks })).toEqual([]);
  });

  it('go to nobody else, and the message says what to add', () => {
    const tasks = [aTask(), using('b', [], 'a', 'a'), using('c', ['a'], 'b', 'c')];
    const issues = issuesOf({ tasks });
    expect(brief(issues)).toEqual([
      'reference_not_ancestor /tasks/1/parameters/used/0',
      'reference_not_ancestor /tasks/2/parameters/used/0',
      'reference_not_ancestor /tasks/2/parameters/used/1',
    ]);
    expect(issues[0]?.message).toContain('Add "a" to its dependencies');
    expect(issues[2]?.message).toContain('its own result');
  });

  it('go to tasks that exist', () => {
    const issues = issuesOf({
      tasks: [aTask({ taskId: 'read-lock' }), using('b', ['read-lock'], 'read-lok')],
    });
    expect(brief(issues)).toEqual(['unknown_reference /tasks/1/parameters/used/0']);
    expect(issues[0]?.allowed?.[0]).toBe('read-lock');
  });

  it('are checked in conditions, which are exactly one', () => {
    const when = (value: string) => ({
      tasks: [aTask(), aTask({ taskId: 'b', when: { value, equals: 1 } })],
    });
    expect(briefOf(when('{{ tasks.a.result }}'))).toEqual(['reference_not_ancestor /tasks/1/when/value']);
    expect(briefOf(when('plain'))).toEqual(['invalid_reference /tasks/1/when/value']);
    expect(briefOf(when('x {{ run.input }}'))).toEqual(['invalid_reference /tasks/1/when/value']);
    expect(briefOf(when('{{ oops'))).toEqual(['invalid_reference /tasks/1/when/value']);
    expect(briefOf(when('{{ run.input.x }}'))).toEqual([]);
  });

  it('are checked in the output, which may use every task', () => {
    const output = ['{{ tasks.a.result }}', '{{ tasks.x.result }}', '{{ x }}'];
    expect(briefOf({ tasks: [aTask(), aTask({ taskId: 'b' })], output })).toEqual([
      'invalid_reference /output/2',
      'unknown_reference /output/1',
    ]);
  });

  it('are checked beside everything else that is wrong', () => {
    const tasks = [
      aTask({ dependencies: ['b'] }),
      using('b', ['a', 'nobody'], 'c', 'a'),
      { ...using('c', []), priority: 77, taskType: 'test.none' },
    ];
    expect(briefOf({ tasks, extra: 1 })).toEqual([
      'unknown_field /extra',
      'invalid_field /tasks/2/priority',
      'unknown_task_type /tasks/2/taskType',
      'unknown_dependency /tasks/1/dependencies/1',
      'dependency_cycle /tasks/0/dependencies',
      'reference_not_ancestor /tasks/1/parameters/used/0',
    ]);
  });
});

describe('agents', () => {
  const agent = (id: string, capability: string, status = 'active') => ({
    id,
    capabilities: [capability],
    status,
  });
  const check = (task: object, ...agents: ReturnType<typeof agent>[]) =>
    issuesOf({ tasks: [{ ...aTask(), ...task }] }, aValidationContext([aTaskType()], { agents }));

  it('are needed: one active whose capabilities cover the type', () => {
    expect(check({}, agent(AGENT, 'test.*'))).toEqual([]);
    expect(brief(check({}, agent(AGENT, 'file.*')))).toEqual(['no_capable_agent /tasks/0/taskType']);
    expect(brief(check({}, agent(AGENT, '*', 'paused')))).toEqual(['no_capable_agent /tasks/0/taskType']);
    expect(brief(check({}))).toEqual(['no_capable_agent /tasks/0/taskType']);
  });

  it('that are named must be at hand, active and capable themselves', () => {
    const named = (...agents: ReturnType<typeof agent>[]) => check({ agentId: AGENT }, ...agents);
    expect(named(agent(AGENT, '*'))).toEqual([]);
    for (const agents of [
      [agent(OTHER, '*')],
      [agent(AGENT, '*', 'paused'), agent(OTHER, '*')],
      [agent(AGENT, 'file.*'), agent(OTHER, '*')],
    ]) {
      const issues = named(...agents);
      expect(brief(issues)).toEqual(['no_capable_agent /tasks/0/agentId']);
      expect(issues[0]?.allowed).toEqual([OTHER]);
    }
  });

  it('are not checked when the owner is not known', () => {
    expect(briefOf({ tasks: [aTask({ agentId: AGENT })] })).toEqual([]);
  });
});
