import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { aTask, aTaskType, tasksOf } from '../../../test/factories/definition.factory.js';
import type { TaskDefinition } from './definition.js';
import { buildGraph } from './graph.js';
import { quoteDefinition, type QuoteInputs } from './quote.js';

const quote = (tasks: readonly TaskDefinition[], inputs: QuoteInputs = {}) =>
  quoteDefinition({ tasks }, buildGraph(tasks), inputs);

describe('a quote', () => {
  it('counts the graph and follows the chain that takes longest', () => {
    // a(2) → b(5) → d(1) = 8, a(2) → c(3) → d(1) = 6, e(7) alone
    const tasks = tasksOf(
      { a: [], b: ['a'], c: ['a'], d: ['b', 'c'], e: [] },
      { a: 2, b: 5, c: 3, d: 1, e: 7 },
    );
    expect(quote(tasks)).toEqual({
      tasks: 5,
      edges: 4,
      depth: 3,
      width: 2,
      criticalPath: ['a', 'b', 'd'],
      criticalPathSeconds: 8,
      serialSeconds: 18,
      durationSeconds: { p50: 8, p95: 8 },
      effects: [],
      cost: { maximumUsd: '0.000000000', assistanceLimitUsd: '0.000000000' },
    });
  });

  it('prefers the first by position among chains that take equally long', () => {
    const tasks = tasksOf({ x: [], y: [], z: ['y', 'x'], w: ['y', 'x'] }, { x: 4, y: 4, z: 1, w: 1 });
    expect(quote(tasks).criticalPath).toEqual(['x', 'z']);
  });

  it('adds seconds exactly', () => {
    const tasks = tasksOf({ a: [], b: ['a'], c: ['b'] }, { a: 0.1, b: 0.2, c: 0.3 });
    expect(quote(tasks)).toMatchObject({ criticalPathSeconds: 0.6, serialSeconds: 0.6 });
  });

  it('compares in whole microseconds, so that rounding does not decide between equal chains', () => {
    const tasks = tasksOf({ a: [], b: ['a'], c: [] }, { a: 2.189, b: 1.985, c: 4.174 });
    expect(quote(tasks).criticalPath).toEqual(['a', 'b']);
  });

  it('takes the estimate, else the median of the type, else one second', () => {
    const histories = new Map([['test.slow', { p50Seconds: 30, p95Seconds: 90 }]]);
    const tasks = [
      aTask({ taskId: 'a', taskType: 'test.slow', estimatedDurationSeconds: 0 }),
      aTask({ taskId: 'b', taskType: 'test.slow', dependencies: ['a'] }),
      aTask({ taskId: 'c', dependencies: ['b'] }),
    ];
    expect(quote(tasks, { histories })).toMatchObject({ criticalPathSeconds: 31, serialSeconds: 31 });
  });

  it('expects durations by history first, each quantile with its own critical path', () => {
    const histories = new Map([
      ['test.steady', { p50Seconds: 10, p95Seconds: 11 }],
      ['test.wild', { p50Seconds: 1, p95Seconds: 100 }],
    ]);
    const tasks = [
      aTask({ taskId: 'a', taskType: 'test.steady', estimatedDurationSeconds: 500 }),
      aTask({ taskId: 'b', taskType: 'test.wild' }),
      aTask({ taskId: 'c', estimatedDurationSeconds: 3, dependencies: ['a', 'b'] }),
    ];
    expect(quote(tasks, { histories }).durationSeconds).toEqual({ p50: 13, p95: 103 });
  });

  it('ignores history that is no duration', () => {
    const histories = new Map([['test.any', { p50Seconds: Number.POSITIVE_INFINITY, p95Seconds: -1 }]]);
    expect(quote([aTask()], { histories }).durationSeconds).toEqual({ p50: 1, p95: 1 });
  });

  it('passes the cost on and lists the effects of the types', () => {
    const cost = { maximumUsd: '0.001000000', assistanceLimitUsd: '1.000000000' };
    const type = aTaskType({ effects: () => 'idempotent' });
    expect(quote([aTask()], { cost, findTaskType: () => type })).toMatchObject({
      cost,
      effects: ['idempotent'],
    });
  });

  it('is as long as the longest of all paths', () => {
    const graphs = fc.array(fc.tuple(fc.nat(5_000_000), fc.uniqueArray(fc.nat(6), { maxLength: 3 })), {
      minLength: 1,
      maxLength: 8,
    });
    fc.assert(
      fc.property(graphs, (rows) => {
        const tasks = rows.map(([us, before], index) =>
          aTask({
            taskId: `t${index}`,
            estimatedDurationSeconds: us / 1e6,
            dependencies: before.filter((one) => one < index).map((one) => `t${one}`),
          }),
        );
        const pathsTo = (index: number): number[] => {
          const [us, before] = rows[index] as [number, number[]];
          const earlier = before.filter((one) => one < index).flatMap(pathsTo);
          return (earlier.length === 0 ? [0] : earlier).map((sum) => sum + us);
        };
        const longestUs = Math.max(...rows.flatMap((_, index) => pathsTo(index)));
        const quoted = quote(tasks);
        expect(quoted.criticalPathSeconds).toBe(longestUs / 1e6);
        const named = quoted.criticalPath.map((taskId) => rows[Number(taskId.slice(1))]?.[0] as number);
        expect(named.reduce((sum, us) => sum + us, 0)).toBe(longestUs);
        quoted.criticalPath.slice(1).forEach((taskId, at) => {
          expect(tasks[Number(taskId.slice(1))]?.dependencies).toContain(quoted.criticalPath[at]);
        });
      }),
    );
  });
});
