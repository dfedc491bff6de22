import { describe, expect, it } from '@jest/globals';
import { aTask, aValidationContext, brief } from '../../../test/factories/definition.factory.js';
import type { Issue } from '../../common/issue.js';
import { validateDefinition } from './validate-definition.js';

const context = aValidationContext();

const issuesOf = (value: unknown, inContext = context): readonly Issue[] =>
  validateDefinition(value, inContext).issues;
const briefOf = (value: unknown, inContext = context): string[] => brief(issuesOf(value, inContext));

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
