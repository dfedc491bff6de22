import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { aTask, aTaskType } from '../../../test/factories/definition.factory.js';
import type { JsonValue } from '../../common/json.js';
import type { TaskDefinition } from '../../workflows/domain/definition.js';
import { prepareAttempt } from './prepare-attempt.js';

const scope = (results: Readonly<Record<string, JsonValue>> = {}, input: JsonValue = null) => ({
  input,
  result: (taskId: string) => results[taskId],
});
const prepare = (
  task: Partial<TaskDefinition>,
  type = aTaskType(),
  within = scope({ a: { n: 7 } }, { who: 'ada' }),
) => prepareAttempt(aTask(task), type, within);

describe('a ready task', () => {
  it('starts with its references resolved and its effect known', () => {
    const type = aTaskType({
      parameters: z.looseObject({ method: z.string() }),
      effects: (parameters) =>
        (parameters as { method: string }).method === 'GET' ? 'none' : 'irreversible',
    });
    const parameters = {
      method: '{{ run.input.method }}',
      n: '{{ tasks.a.result.n }}',
      text: 'n={{ tasks.a.result.n }}',
    };
    expect(prepare({ parameters }, type, scope({ a: { n: 7 } }, { method: 'POST' }))).toMatchObject({
      kind: 'start',
      parameters: { method: 'POST', n: 7, text: 'n=7' },
      effect: 'irreversible',
    });
    expect(prepare({ parameters }, type, scope({ a: { n: 7 } }, { method: 'GET' }))).toMatchObject({
      effect: 'none',
    });
  });

  it.each([
    [{ equals: 7 }, 'start'],
    [{ equals: 8 }, 'skip'],
    [{ notEquals: 7 }, 'skip'],
    [{ in: [1, 7] }, 'start'],
  ])('with the condition %j: %s', (condition, kind) => {
    expect(prepare({ when: { value: '{{ tasks.a.result.n }}', ...condition } }).kind).toBe(kind);
  });

  it('is skipped before it is asked whether its parameters can be resolved', () => {
    const parameters = { x: '{{ run.input.nowhere }}' };
    expect(prepare({ parameters, when: { value: '{{ tasks.a.result.n }}', equals: 0 } }).kind).toBe('skip');
  });

  it('of a type that is gone fails', () => {
    expect(prepareAttempt(aTask({ taskType: 'old.type' }), undefined, scope())).toMatchObject({
      kind: 'fail',
      failure: { code: 'unknown_task_type', retryable: false, effect: 'none' },
    });
  });

  it.each([
    [
      'task_type_unavailable',
      {},
      aTaskType({ availability: { available: false, reason: 'Set X.' } }),
      /Set X\./,
    ],
    ['unresolved_reference', { parameters: { x: '{{ run.input.nowhere }}' } }, aTaskType(), /nowhere/],
    ['unresolved_reference', { when: { value: '{{ run.input.nowhere }}', equals: 1 } }, aTaskType(), /when/],
    [
      'invalid_parameters',
      { parameters: { ms: '{{ run.input.who }}' } },
      aTaskType({ parameters: z.strictObject({ ms: z.number() }) }),
      /\/ms/,
    ],
    ['invalid_effect', {}, aTaskType({ effects: () => 'none,none' as never }), /none,none/],
    ['invalid_effect', {}, aTaskType({ effects: () => undefined as never }), /undefined/],
  ])('that cannot start (%s) fails for good and says why', (code, task, type, message) => {
    const prepared = prepare(task, type);
    expect(prepared).toMatchObject({ kind: 'fail', failure: { code, retryable: false, effect: 'none' } });
    expect(prepared.kind === 'fail' && prepared.failure.message).toMatch(message);
  });
});
