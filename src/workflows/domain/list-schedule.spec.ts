import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { tasksOf } from '../../../test/factories/definition.factory.js';
import { acyclicGraph } from '../../../test/factories/graph.arbitrary.js';
import { buildGraph, dependenciesOf } from './graph.js';
import type { GraphNode } from './links.js';
import { listSchedule, remainingUs, type ScheduleInput } from './list-schedule.js';

interface Case {
  readonly tasks: readonly GraphNode[];
  readonly durations: readonly number[];
  readonly ranks?: readonly number[];
  readonly executors?: readonly (string | null)[];
  readonly limits?: Readonly<Record<string, number>>;
}
const inputOf = ({ tasks, durations, ranks, executors, limits = {} }: Case): ScheduleInput => ({
  graph: buildGraph(tasks),
  durationUs: Float64Array.from(durations),
  rank: ranks ?? tasks.map(() => 0),
  executors: executors ?? tasks.map(() => 'x'),
  limits: new Map(Object.entries(limits)),
});
const play = (given: Case) => {
  const { startUs, makespanUs } = listSchedule(inputOf(given));
  return { starts: [...startUs], makespan: makespanUs };
};

describe('listSchedule', () => {
  const FORK = tasksOf({ a: [], b: [], c: ['a'] });

  it.each([
    ['without a limit', {}, undefined, { starts: [0, 0, 2], makespan: 5 }],
    ['one at a time, in their order', { x: 1 }, undefined, { starts: [0, 2, 6], makespan: 9 }],
    ['one at a time, the highest rank first', { x: 1 }, [0, 9, 0], { starts: [4, 0, 6], makespan: 9 }],
    ['with room for all', { x: 2 }, undefined, { starts: [0, 0, 2], makespan: 5 }],
    ['with a limit of somebody else', { y: 1 }, undefined, { starts: [0, 0, 2], makespan: 5 }],
  ])('starts tasks %s', (_name, limits, ranks, expected) => {
    expect(
      play({ tasks: FORK, durations: [2, 4, 3], limits, ...(ranks === undefined ? {} : { ranks }) }),
    ).toEqual(expected);
  });

  it('lets tasks of anybody pass those that wait', () => {
    const given = { tasks: FORK, durations: [2, 4, 3], limits: { x: 1 }, executors: ['x', null, 'x'] };
    expect(play(given)).toEqual({ starts: [0, 0, 2], makespan: 5 });
  });

  it('gives a place that is free to the highest of all that are ready then', () => {
    // a ends at 2 and makes c ready; b waits since 0 with a lower rank.
    const given = { tasks: FORK, durations: [2, 4, 3], limits: { x: 1 }, ranks: [9, 1, 5] };
    expect(play(given).starts).toEqual([0, 5, 2]);
  });

  it('sees all that ends at a moment before it starts anything then', () => {
    const tasks = tasksOf({ a: [], b: [], c: ['a'], d: ['b'] });
    const given = { tasks, durations: [2, 2, 1, 1], limits: { x: 1 }, executors: ['x', null, 'x', 'x'] };
    expect(play({ ...given, ranks: [0, 0, 1, 9] }).starts).toEqual([0, 0, 3, 2]);
  });

  const cases = (maxTasks: number) =>
    acyclicGraph(maxTasks).chain((tasks) =>
      fc.record({
        tasks: fc.constant(tasks),
        durations: fc.array(fc.integer({ min: 0, max: 9 }), {
          minLength: tasks.length,
          maxLength: tasks.length,
        }),
        ranks: fc.array(fc.nat(9), { minLength: tasks.length, maxLength: tasks.length }),
        executors: fc.array(fc.constantFrom('x', 'y', null), {
          minLength: tasks.length,
          maxLength: tasks.length,
        }),
        limits: fc.record({ x: fc.integer({ min: 1, max: 3 }), y: fc.integer({ min: 1, max: 3 }) }),
      }),
    );

  it('keeps the order of dependencies and the limits, at every moment', () => {
    fc.assert(
      fc.property(cases(12), (given) => {
        const { graph, durationUs, executors } = inputOf(given);
        const { startUs, makespanUs } = listSchedule(inputOf(given));
        const end = (task: number) => startUs[task]! + durationUs[task]!;
        for (const task of graph.order)
          for (const before of dependenciesOf(graph, task))
            expect(startUs[task]).toBeGreaterThanOrEqual(end(before));
        const moments = [...startUs].map((at) => at);
        for (const [name, limit] of Object.entries(given.limits))
          for (const now of moments) {
            const busy = given.tasks.filter(
              (_, task) => executors[task] === name && startUs[task]! <= now && now < end(task),
            );
            expect(busy.length).toBeLessThanOrEqual(limit);
          }
        expect(makespanUs).toBe(Math.max(...given.tasks.map((_, task) => end(task))));
      }),
    );
  });

  /** The shortest of all orders in which one executor can start the tasks. */
  function shortest({ tasks, durations }: Case, limit: number): number {
    const graph = buildGraph(tasks);
    let best = Infinity;
    const visit = (done: ReadonlyMap<number, number>, free: readonly number[]): void => {
      if (done.size === tasks.length) {
        best = Math.min(best, ...[Math.max(0, ...done.values())]);
        return;
      }
      for (const [task] of tasks.entries()) {
        const before = [...dependenciesOf(graph, task)];
        if (done.has(task) || !before.every((one) => done.has(one))) continue;
        const [soonest = 0, ...others] = [...free].sort((a, b) => a - b);
        const end = Math.max(soonest, ...before.map((one) => done.get(one) ?? 0)) + (durations[task] ?? 0);
        visit(new Map([...done, [task, end]]), [end, ...others]);
      }
    };
    visit(
      new Map(),
      Array.from({ length: limit }, () => 0),
    );
    return best;
  }

  it('is never shorter than the best there is, and at most 2 − 1/m times as long (Graham 1966)', () => {
    fc.assert(
      fc.property(cases(5), fc.integer({ min: 1, max: 3 }), (given, limit) => {
        const one = { ...given, executors: given.tasks.map(() => 'x'), limits: { x: limit } };
        const best = shortest(one, limit);
        const { makespan } = play(one);
        expect(makespan).toBeGreaterThanOrEqual(best);
        expect(makespan).toBeLessThanOrEqual((2 - 1 / limit) * best);
      }),
    );
  });
});

describe('remainingUs', () => {
  it('is the longest way to the end, the task itself included', () => {
    const graph = buildGraph(tasksOf({ a: [], b: ['a'], c: ['a'], d: ['b', 'c'] }));
    expect([...remainingUs(graph, Float64Array.from([1, 5, 2, 3]))]).toEqual([9, 8, 5, 3]);
  });
});
