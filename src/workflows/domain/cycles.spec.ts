import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { tasksOf } from '../../../test/factories/definition.factory.js';
import { findComponents } from './components.js';
import { findCycles } from './cycles.js';
import { linkTasks } from './links.js';

function cyclesOf(graph: Record<string, string[]>) {
  const links = linkTasks(tasksOf(graph));
  return findCycles(links, findComponents(links)).map(({ path, size }) => ({
    path: path.map((index) => links.taskIds[index]),
    size,
  }));
}

/** Any directed graph of up to 8 tasks, as an adjacency list. */
const anyGraph = fc
  .integer({ min: 1, max: 8 })
  .chain((size) => fc.array(fc.uniqueArray(fc.nat(size - 1)), { minLength: size, maxLength: size }));

/** Oracle: everything that can be reached, by plain repetition. */
function reachableFrom(start: number, edges: readonly (readonly number[])[]): Set<number> {
  const reached = new Set(edges[start]);
  for (const index of reached) for (const next of edges[index] ?? []) reached.add(next);
  return reached;
}

describe('cycles', () => {
  it('are named in the direction of dependencies, from the first task on', () => {
    expect(cyclesOf({ x: [], b: ['c', 'x'], c: ['d'], d: ['b'] })).toEqual([
      { path: ['b', 'c', 'd'], size: 3 },
    ]);
  });

  it('are one for each group of tasks that wait for each other, the shortest through the first', () => {
    const cycles = cyclesOf({ a: ['b'], b: ['c', 'a'], c: ['a'], m: ['n', 'a'], n: ['m'] });
    expect(cycles).toEqual([
      { path: ['a', 'b'], size: 3 },
      { path: ['m', 'n'], size: 2 },
    ]);
  });

  it('are none in a diamond', () => {
    expect(cyclesOf({ a: [], b: ['a'], c: ['a'], d: ['b', 'c'] })).toEqual([]);
  });

  it('survive a ring of 10,000 tasks without a stack overflow', () => {
    const ring = Object.fromEntries(
      Array.from({ length: 10_000 }, (_, i) => [`t${i}`, [`t${(i + 1) % 10_000}`]]),
    );
    expect(cyclesOf(ring)[0]?.size).toBe(10_000);
  });

  it('group exactly the tasks that reach each other', () => {
    fc.assert(
      fc.property(anyGraph, (edges) => {
        const others = edges.map((row, index) => row.filter((to) => to !== index));
        const links = linkTasks(
          others.map((row, i) => ({ taskId: `t${i}`, dependencies: row.map((to) => `t${to}`) })),
        );
        const reach = others.map((_, index) => reachableFrom(index, others));
        const { members, start } = findComponents(links);
        const components = [...start.subarray(1)].map((to, at) => [...members.subarray(start[at], to)]);
        expect(components.flat().sort()).toEqual(others.map((_, index) => index));
        for (const group of components) {
          const expected = others
            .map((_, i) => i)
            .filter(
              (i) =>
                i === group[0] || (reach[i]?.has(group[0] as number) && reach[group[0] as number]?.has(i)),
            );
          expect(group.sort()).toEqual(expected);
        }
        for (const { path } of findCycles(links, { members, start })) {
          path.forEach((from, at) => expect(others[from]).toContain(path[(at + 1) % path.length]));
        }
      }),
    );
  });
});
