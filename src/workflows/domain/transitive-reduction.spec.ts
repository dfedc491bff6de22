import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { tasksOf } from '../../../test/factories/definition.factory.js';
import { acyclicGraph } from '../../../test/factories/graph.arbitrary.js';
import { buildGraph } from './graph.js';
import { impliedDependencies } from './transitive-reduction.js';

interface Node {
  readonly taskId: string;
  readonly dependencies: readonly string[];
}

const implied = (tasks: readonly Node[]): string[] => {
  const graph = buildGraph(tasks);
  return impliedDependencies(graph).map(
    ({ task, dependency }) => `${graph.taskIds[task]} after ${graph.taskIds[dependency]}`,
  );
};

const without = (tasks: readonly Node[], dropped: readonly string[]): Node[] =>
  tasks.map(({ taskId, dependencies }) => ({
    taskId,
    dependencies: dependencies.filter((dependency) => !dropped.includes(`${taskId} after ${dependency}`)),
  }));

/** Every pair of which one comes after the other, by looking everywhere. */
function reachable(tasks: readonly Node[]): string[] {
  const byId = new Map(tasks.map((task) => [task.taskId, task.dependencies]));
  const before = (taskId: string): Set<string> =>
    new Set<string>((byId.get(taskId) ?? []).flatMap((one): string[] => [one, ...before(one)]));
  return tasks.flatMap(({ taskId }) => [...before(taskId)].map((one) => `${taskId} > ${one}`)).sort();
}

describe('impliedDependencies', () => {
  it.each([
    ['a chain', { a: [], b: ['a'], c: ['b'] }, []],
    ['a short cut', { a: [], b: ['a'], c: ['a', 'b'] }, ['c after a']],
    ['a diamond', { a: [], b: ['a'], c: ['a'], d: ['b', 'c'] }, []],
    ['a diamond with a short cut', { a: [], b: ['a'], c: ['a'], d: ['a', 'b', 'c'] }, ['d after a']],
    ['levels without a path', { a: [], b: ['a'], c: ['b'], x: [], d: ['c', 'x'] }, []],
    [
      'short cuts over short cuts',
      { a: [], b: ['a'], c: ['a', 'b'], d: ['a', 'b', 'c'] },
      [...['c after a', 'd after a', 'd after b']],
    ],
  ])('%s', (_name, graph, expected) => {
    expect(implied(tasksOf(graph))).toEqual(expected);
  });

  it('looks at more targets than fit one pass', () => {
    const ids = Array.from({ length: 70 }, (_, at) => `t${at}`);
    const tasks = ids.map((taskId, at) => ({ taskId, dependencies: ids.slice(0, at) }));
    expect(implied(tasks)).toHaveLength((70 * 69) / 2 - 69);
  });

  it('takes no target of one pass for one of another', () => {
    const targets = Array.from({ length: 33 }, (_, at) => `t${at}`);
    const graph = {
      ...Object.fromEntries(targets.map((target) => [target, []])),
      ...{ low: ['t0'], high: ['low'] },
      ...Object.fromEntries(targets.map((target) => [`after-${target}`, [target, 'high']])),
    };
    expect(implied(tasksOf(graph))).toEqual(['after-t0 after t0']);
  });

  it('are as many as can go without changing what comes after what', () => {
    fc.assert(
      fc.property(acyclicGraph(), (tasks) => {
        const dropped = implied(tasks);
        const reduced = without(tasks, dropped);
        expect(reachable(reduced)).toEqual(reachable(tasks));
        for (const { taskId, dependencies } of reduced)
          for (const dependency of dependencies)
            expect(reachable(without(reduced, [`${taskId} after ${dependency}`]))).not.toEqual(
              reachable(tasks),
            );
        expect(implied(reduced)).toEqual([]);
      }),
    );
  });
});
