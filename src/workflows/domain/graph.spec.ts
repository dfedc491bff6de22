import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { tasksOf } from '../../../test/factories/definition.factory.js';
import { acyclicGraph } from '../../../test/factories/graph.arbitrary.js';
import { buildGraph, dependenciesOf, orderLinks, successorsOf, type TaskGraph } from './graph.js';
import { linkTasks } from './links.js';

const orderOf = (graph: TaskGraph): string[] =>
  [...graph.order].map((index) => graph.taskIds[index] as string);

const acyclic = acyclicGraph();

describe('a graph', () => {
  it('puts tasks behind their dependencies, otherwise in the order given', () => {
    const graph = buildGraph(tasksOf({ d: ['b'], c: [], b: ['a'], a: [], e: ['c'] }));
    expect(orderOf(graph)).toEqual(['c', 'a', 'b', 'd', 'e']);
  });

  it('keeps an order that is already right', () => {
    expect(orderOf(buildGraph(tasksOf({ z: [], y: ['z'], x: [], w: ['x'] })))).toEqual(['z', 'y', 'x', 'w']);
  });

  it('counts depth in tasks of the longest path and width as the largest level', () => {
    // levels: a 0, b c d 1, e 2 (through b), f 3; "f" also depends on "a" directly
    const graph = buildGraph(tasksOf({ a: [], b: ['a'], c: ['a'], d: ['a'], e: ['b', 'a'], f: ['e', 'a'] }));
    expect([...graph.level]).toEqual([0, 1, 1, 1, 2, 3]);
    expect({ depth: graph.depth, width: graph.width, edges: graph.edges }).toEqual({
      depth: 4,
      width: 3,
      edges: 7,
    });
  });

  it('counts a dependency given twice once', () => {
    expect(buildGraph(tasksOf({ a: [], b: ['a', 'a'] })).edges).toBe(1);
  });

  it('knows dependencies and successors by position', () => {
    const graph = buildGraph(tasksOf({ d: ['a', 'c'], a: [], c: ['a'] }));
    expect([...dependenciesOf(graph, 0)]).toEqual([1, 2]);
    expect([...successorsOf(graph, 1)]).toEqual([0, 2]);
    expect([...successorsOf(graph, 0)]).toEqual([]);
  });

  it('does not exist for tasks that wait for each other', () => {
    const tasks = tasksOf({ a: ['b'], b: ['a'] });
    expect(orderLinks(linkTasks(tasks))).toBeNull();
    expect(() => buildGraph(tasks)).toThrow(/cycle/);
  });

  it('of nothing is empty', () => {
    expect(buildGraph([])).toMatchObject({ depth: 0, width: 0, edges: 0 });
  });

  it('orders every generated graph so that each edge points forward, and is the smallest such order', () => {
    fc.assert(
      fc.property(acyclic, (tasks) => {
        const graph = buildGraph(tasks);
        const done = new Set<number>();
        for (const index of graph.order) {
          const ready = tasks
            .map((_, other) => other)
            .filter(
              (other) => !done.has(other) && [...dependenciesOf(graph, other)].every((one) => done.has(one)),
            );
          expect(index).toBe(ready[0]);
          done.add(index);
        }
        expect(done.size).toBe(tasks.length);
      }),
    );
  });

  it('puts every task one level above the highest of its dependencies', () => {
    fc.assert(
      fc.property(acyclic, (tasks) => {
        const graph = buildGraph(tasks);
        tasks.forEach((task, index) => {
          const below = task.dependencies.map(
            (name) => graph.level[graph.indexOf.get(name) as number] as number,
          );
          expect(graph.level[index]).toBe(below.length === 0 ? 0 : Math.max(...below) + 1);
        });
      }),
    );
  });
});
