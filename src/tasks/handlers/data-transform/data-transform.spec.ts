import { afterAll, describe, expect, it } from '@jest/globals';
import { taskContext } from '../../../../test/integration/tasks/task-context.js';
import { Sandbox } from '../../sandbox/sandbox.js';
import { DataTransformTask } from './data-transform.task.js';

describe('data.transform', () => {
  const sandbox = new Sandbox();
  afterAll(() => sandbox.onApplicationShutdown());
  const transform = async (input: unknown, expression: string): Promise<unknown> =>
    (await new DataTransformTask(sandbox).execute({ input, expression }, taskContext())).result.value;

  it('evaluates the expression on the input', async () => {
    const input = {
      lines: [
        { price: 2, count: 3 },
        { price: 5, count: 1 },
      ],
    };
    await expect(transform(input, '$sum(lines.(price * count))')).resolves.toBe(11);
  });

  it('keeps arrays, objects, booleans and null as they are', async () => {
    await expect(transform({ a: null }, '{ "list": [1, [2]], "no": false, "none": a }')).resolves.toEqual({
      list: [1, [2]],
      no: false,
      none: null,
    });
  });

  it('gives null where the expression yields nothing', async () => {
    await expect(transform({ a: 1 }, 'b.c')).resolves.toBeNull();
  });

  it('accepts input of any JSON kind', async () => {
    await expect(transform('five', '$length($)')).resolves.toBe(4);
    await expect(transform(null, '$ = null')).resolves.toBe(true);
  });

  it('says where an expression is not JSONata', async () => {
    await expect(transform({}, 'a + (')).rejects.toMatchObject({
      failure: {
        code: 'invalid_expression',
        class: 'invalid_input',
        retryable: false,
        message: 'The expression is not JSONata: Expected ")" before end of expression (at character 5)',
      },
    });
  });

  it('says why an expression failed', async () => {
    await expect(transform({ a: 'x' }, '$sum(a)')).rejects.toMatchObject({
      failure: { code: 'expression_failed', class: 'invalid_input' },
    });
  });

  it('refuses a function as the result', async () => {
    await expect(transform({}, 'function($x) { $x }')).rejects.toThrow('yields a function');
    await expect(transform({}, '$sum')).rejects.toThrow('yields a function');
  });

  it('ends a recursion without end as a failed expression', async () => {
    await expect(transform({}, '($f := function($x) { 1 + $f($x) }; $f(1))')).rejects.toMatchObject({
      failure: { effect: 'none' },
    });
  });

  it('gives an expression no way to the process that evaluates it', async () => {
    await expect(transform({}, '$string.constructor')).resolves.toBeNull();
    await expect(transform({}, '$.constructor.constructor')).resolves.toBeNull();
    await expect(transform({}, '"text".constructor')).resolves.toBeNull();
  });
});
