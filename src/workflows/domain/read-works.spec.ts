import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { aTask, aTaskType, aValidationContext, brief } from '../../../test/factories/definition.factory.js';
import type { Issue } from '../../common/issue.js';
import { validateDefinition } from './validate-definition.js';

const counting = aTaskType({
  name: 'test.count',
  parameters: z.strictObject({
    count: z.number().optional().meta({ 'x-literal': true }),
    template: z.string().optional().meta({ 'x-literal': true }),
    used: z.unknown().optional(),
  }),
});
const absent = aTaskType({
  name: 'test.absent',
  availability: { available: false, reason: 'set LLM_PROVIDER' },
});
const context = aValidationContext([aTaskType(), counting, absent]);

const check = (...tasks: object[]): readonly Issue[] =>
  validateDefinition(
    { tasks: tasks.map((task, at) => ({ ...aTask({ taskId: `t${at}` }), ...task })) },
    context,
  ).issues;
const briefOf = (...tasks: object[]): string[] => brief(check(...tasks));
const count = (parameters: object) => ({ taskType: 'test.count', parameters });
const using = (...taskIds: string[]) => count({ used: taskIds.map((id) => `{{ tasks.${id}.result }}`) });

describe('alternatives and compensations', () => {
  it('are filled in like tasks', () => {
    const task = { alternatives: [{ taskType: 'test.any' }], compensation: { taskType: 'test.any' } };
    const { definition } = validateDefinition({ tasks: [{ ...aTask(), ...task }] }, context);
    const whole = { taskType: 'test.any', parameters: {} };
    expect(definition?.tasks).toEqual([aTask({ alternatives: [whole], compensation: whole })]);
  });

  it('have types that exist and can be used', () => {
    const issues = check({
      alternatives: [{ taskType: 'test.any' }, { taskType: 'test.coumt' }],
      compensation: { taskType: 'test.absent' },
    });
    expect(brief(issues)).toEqual([
      'unknown_task_type /tasks/0/alternatives/1/taskType',
      'task_type_unavailable /tasks/0/compensation/taskType',
    ]);
    expect(issues[0]?.allowed?.[0]).toBe('test.count');
  });

  it('have parameters that fit their own type', () => {
    const works = {
      alternatives: [count({ count: 1 }), count({ count: 'x' })],
      compensation: count({ c: 1 }),
    };
    const issues = check({}, works);
    expect(brief(issues)).toEqual([
      'invalid_parameters /tasks/1/alternatives/1/parameters/count',
      'invalid_parameters /tasks/1/compensation/parameters/c',
    ]);
    expect(issues[1]?.allowed).toContain('count');
  });

  it('have parameters that pass the checks of their type', () => {
    const checked = aTaskType({
      name: 'test.checked',
      parameters: z.looseObject({ code: z.string() }),
      check: { code: () => [{ code: 'invalid_expression', pointer: '', message: 'is wrong' }] },
    });
    const work = { taskType: 'test.checked', parameters: { code: 'x' } };
    const task = { ...aTask(), alternatives: [work], compensation: work };
    const found = validateDefinition({ tasks: [task] }, aValidationContext([aTaskType(), checked])).issues;
    expect(brief(found)).toEqual([
      'invalid_expression /tasks/0/alternatives/0/parameters/code',
      'invalid_expression /tasks/0/compensation/parameters/code',
    ]);
  });

  it('have references that can be read, except where their type takes text as it is', () => {
    const works = {
      alternatives: [count({ template: '{{ x | upcase }}' }), count({ used: '{{ x' })],
      compensation: count({ used: ['{{ x }}'] }),
    };
    expect(briefOf(works)).toEqual([
      'invalid_reference /tasks/0/alternatives/1/parameters/used',
      'invalid_reference /tasks/0/compensation/parameters/used/0',
    ]);
  });

  it('refer to the input and to the ancestors of their task', () => {
    const input = count({ used: '{{ run.input.x }}' });
    const works = { dependencies: ['t0'], alternatives: [using('t0'), input], compensation: using('t0') };
    expect(briefOf({}, works)).toEqual([]);
  });

  it('refer to nobody else, which is told for each of them', () => {
    const works = {
      ...using('t0'),
      alternatives: [using('t0', 'none'), using('t0')],
      compensation: using('t0', 't2'),
    };
    expect(briefOf({}, works, { dependencies: ['t1'] })).toEqual([
      'unknown_reference /tasks/1/alternatives/0/parameters/used/1',
      'reference_not_ancestor /tasks/1/parameters/used/0',
      'reference_not_ancestor /tasks/1/alternatives/0/parameters/used/0',
      'reference_not_ancestor /tasks/1/alternatives/1/parameters/used/0',
      'reference_not_ancestor /tasks/1/compensation/parameters/used/0',
      'reference_not_ancestor /tasks/1/compensation/parameters/used/1',
    ]);
  });

  it('refer to the result of the task only from its compensation', () => {
    expect(briefOf({ compensation: using('t0') })).toEqual([]);
    const issues = check({ alternatives: [using('t0')], compensation: using('t0') });
    expect(brief(issues)).toEqual(['reference_not_ancestor /tasks/0/alternatives/0/parameters/used/0']);
    expect(issues[0]?.message).toContain('cannot use its own result');
  });

  it('have two fields', () => {
    const issues = check({
      alternatives: [{ taskType: 'test.any', parameter: {} }],
      compensation: { taskType: 'test.any', when: 1 },
    });
    expect(brief(issues)).toEqual([
      'unknown_field /tasks/0/alternatives/0/parameter',
      'unknown_field /tasks/0/compensation/when',
    ]);
    expect(issues[0]?.allowed).toEqual(['parameters', 'taskType']);
  });

  it('are checked as far as they are intact, whatever else is wrong with their task', () => {
    const works = {
      taskType: 5,
      priority: 10,
      alternatives: [
        7,
        { taskType: 8, parameters: { used: '{{ tasks.none.result }}' } },
        count({ count: 'x' }),
      ],
      compensation: { taskType: 'test.none', parameters: 'x' },
    };
    expect(briefOf(works)).toEqual([
      'invalid_field /tasks/0/taskType',
      'invalid_field /tasks/0/priority',
      'invalid_field /tasks/0/alternatives/0',
      'invalid_field /tasks/0/alternatives/1/taskType',
      'invalid_field /tasks/0/compensation/parameters',
      'unknown_task_type /tasks/0/compensation/taskType',
      'invalid_parameters /tasks/0/alternatives/2/parameters/count',
      'unknown_reference /tasks/0/alternatives/1/parameters/used',
    ]);
  });

  it('are at most ten alternatives and one compensation', () => {
    const any = { taskType: 'test.any', parameters: {} };
    expect(briefOf({ alternatives: Array.from({ length: 10 }, () => any) })).toEqual([]);
    expect(briefOf({ alternatives: Array.from({ length: 11 }, () => ({ taskType: 'test.none' })) })).toEqual([
      'invalid_field /tasks/0/alternatives',
      ...Array.from({ length: 10 }, (_, at) => `unknown_task_type /tasks/0/alternatives/${at}/taskType`),
    ]);
    expect(briefOf({ compensation: [any] })).toEqual(['invalid_field /tasks/0/compensation']);
  });
});
