import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { aTask, aTaskType, aValidationContext, brief } from '../../../test/factories/definition.factory.js';
import { describeTaskType } from '../../tasks/domain/describe-task-type.js';
import type { ParameterCheck, TaskTypeOptions } from '../../tasks/domain/task-type.js';
import { validateDefinition } from './validate-definition.js';

const parameters = z.strictObject({
  path: z.string().max(20),
  deep: z.record(z.string(), z.unknown()).optional(),
  count: z.number().optional(),
});
type Parameters = z.output<typeof parameters>;

const aCheckedType = (check: TaskTypeOptions<Parameters>['check']) =>
  aTaskType({ parameters, check } as Partial<TaskTypeOptions>);

const refuseX: ParameterCheck<string> = (text) =>
  text.includes('x') ? [{ code: 'no_x', pointer: '', message: 'no x' }] : [];
const type = aCheckedType({
  path: refuseX,
  deep: () => [{ code: 'odd', pointer: '/a~1b', message: 'Odd.' }],
});

const issuesOf = (values: readonly object[], checked = type) =>
  validateDefinition(
    { tasks: values.map((one, index) => aTask({ taskId: `t${index}`, parameters: one as never })) },
    aValidationContext([checked]),
  ).issues;

describe('checks of a task type', () => {
  it('say everything at once, at the parameter or in it', () => {
    expect(issuesOf([{ path: 'x', deep: {} }, { path: 'a' }, { path: 'x', count: 'many' }])).toMatchObject([
      { code: 'no_x', pointer: '/tasks/0/parameters/path', message: 'No x.' },
      { code: 'odd', pointer: '/tasks/0/parameters/deep/a~1b', message: 'Odd.' },
      { code: 'invalid_parameters', pointer: '/tasks/2/parameters/count' },
      { code: 'no_x', pointer: '/tasks/2/parameters/path' },
    ]);
  });

  it('are not asked of what holds a reference, breaks its schema or is absent', () => {
    const reference = '{{ run.input.x }}';
    expect(issuesOf([{ path: reference, deep: { a: [`x ${reference}`] } }])).toEqual([]);
    expect(brief(issuesOf([{ path: 'x'.repeat(21) }, {}]))).toEqual([
      'invalid_parameters /tasks/0/parameters/path',
      'invalid_parameters /tasks/1/parameters/path',
    ]);
    expect(brief(issuesOf([{ path: 'x', deep: { a: reference } }]))).toEqual([
      'no_x /tasks/0/parameters/path',
    ]);
  });

  it('look at equal texts once, and at no more than one definition may cost', () => {
    const seen: string[] = [];
    const counting = aCheckedType({
      path: (text, budget) => {
        if (budget.spend(8_000)) seen.push(text);
        return [];
      },
    });
    issuesOf([{ path: 'a' }, { path: 'a' }, { path: 'b' }, { path: 'c' }, { path: 'b' }], counting);
    expect(seen).toEqual(['a', 'b']);
  });

  it('that throw are an issue, not a crash', () => {
    const broken = aCheckedType({
      path: () => {
        throw new Error('broken');
      },
    });
    expect(issuesOf([{ path: 'a' }], broken)).toMatchObject([
      {
        code: 'invalid_parameters',
        pointer: '/tasks/0/parameters/path',
        message: 'Cannot be checked: broken.',
      },
    ]);
  });

  it('name parameters that the type has', () => {
    const options = { ...type, check: { none: refuseX } } as TaskTypeOptions;
    expect(describeTaskType(options, type.handler)).toEqual({
      problems: ['test.any: checks a parameter "none" that it does not have'],
    });
  });
});

describe('the input schema', () => {
  it('is checked like a parameter', () => {
    const context = aValidationContext([aTaskType()], {
      checkSchema: () => [{ code: 'invalid_schema', pointer: '/type', message: 'odd' }],
    });
    expect(validateDefinition({ tasks: [aTask()], inputSchema: {} }, context).issues).toEqual([
      { code: 'invalid_schema', pointer: '/inputSchema/type', message: 'Odd.' },
    ]);
    expect(validateDefinition({ tasks: [aTask()] }, context).issues).toEqual([]);
  });
});
