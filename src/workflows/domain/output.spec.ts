import { describe, expect, it } from '@jest/globals';
import { aDefinition, tasksOf } from '../../../test/factories/definition.factory.js';
import type { JsonValue } from '../../common/json.js';
import { resolveOutput } from './output.js';

const results: Record<string, JsonValue> = { a: 1, b: { x: 2 }, c: null };
const scope = { input: { who: 'Ada' }, result: (taskId: string) => results[taskId] };
const tasks = tasksOf({ c: ['a'], a: [], b: ['a'] });

describe('the output of a run', () => {
  it('is the results of the sinks by taskId when nothing is said', () => {
    expect(resolveOutput(aDefinition({ tasks }), scope)).toEqual({ value: { c: null, b: { x: 2 } } });
  });

  it('is what the definition says, of any task', () => {
    const output = { first: '{{ tasks.a.result }}', text: '{{ run.input.who }}: {{ tasks.b.result.x }}' };
    expect(resolveOutput(aDefinition({ tasks, output }), scope)).toEqual({
      value: { first: 1, text: 'Ada: 2' },
    });
  });

  it('may be null', () => {
    expect(resolveOutput(aDefinition({ tasks, output: null }), scope)).toEqual({ value: null });
  });

  it('names the place where a value is missing', () => {
    const output = { x: '{{ tasks.b.result.y }}' };
    expect(resolveOutput(aDefinition({ tasks, output }), scope)).toMatchObject({
      issues: [{ code: 'unresolved_reference', pointer: '/output/x' }],
    });
  });
});
