import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { aTask, aTaskType, aValidationContext, brief } from '../../../test/factories/definition.factory.js';
import type { Issue } from '../../common/issue.js';
import { validateDefinition } from './validate-definition.js';

const context = aValidationContext();

const issuesOf = (value: unknown, inContext = context): readonly Issue[] =>
  validateDefinition(value, inContext).issues;
const briefOf = (value: unknown, inContext = context): string[] => brief(issuesOf(value, inContext));

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
