import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { aTask } from '../../../test/factories/definition.factory.js';
import { acyclicGraph } from '../../../test/factories/graph.arbitrary.js';
import type { Definition, TaskDefinition } from './definition.js';
import { diffDefinitions } from './diff-definitions.js';

const of = (...tasks: TaskDefinition[]): Definition => ({ tasks });
const graph = acyclicGraph(6).map((nodes) => nodes.map((node) => aTask(node)));

describe('diffDefinitions', () => {
  it('tells what was added, removed and changed', () => {
    const [a, b, c] = ['a', 'b', 'c'].map((taskId) => aTask({ taskId, parameters: { n: 1 } })) as [
      TaskDefinition,
      TaskDefinition,
      TaskDefinition,
    ];
    const changed = { ...b, parameters: { n: 2 } };
    expect(diffDefinitions(of(a, b), of(changed, c))).toEqual({
      ...{ isEqual: false, added: [c], removed: [a], changes: [], omitted: 0 },
      changed: [
        {
          ...{ taskId: 'b', dependenciesAdded: [], dependenciesRemoved: [] },
          changes: [{ pointer: '/parameters/n', before: 1, after: 2 }],
        },
      ],
    });
  });

  it('goes down to the leaves; a side that has none has no value', () => {
    const before = aTask({ parameters: { 'a/b': { x: null, gone: 1 }, list: [1, 2], shorter: [1, 2] } });
    const after = aTask({ parameters: { 'a/b': { x: 0, new: [] }, list: [1, 3], shorter: [1] } });
    expect(diffDefinitions(of(before), of(after)).changed[0]?.changes).toEqual([
      { pointer: '/parameters/a~1b/x', before: null, after: 0 },
      { pointer: '/parameters/a~1b/gone', before: 1 },
      { pointer: '/parameters/a~1b/new', after: [] },
      { pointer: '/parameters/list/1', before: 2, after: 3 },
      { pointer: '/parameters/shorter', before: [1, 2], after: [1] },
    ]);
  });

  it('tells dependencies apart, whatever their order', () => {
    const before = aTask({ taskId: 'z', dependencies: ['a', 'b'] });
    expect(diffDefinitions(of(before), of({ ...before, dependencies: ['b', 'a'] })).isEqual).toBe(true);
    expect(diffDefinitions(of(before), of({ ...before, dependencies: ['c', 'b'] })).changed).toEqual([
      { taskId: 'z', changes: [], dependenciesAdded: ['c'], dependenciesRemoved: ['a'] },
    ]);
  });

  it('compares what stands outside of the tasks', () => {
    const before = { ...of(aTask()), output: '{{ tasks.a.result }}' };
    expect(diffDefinitions(before, of(aTask())).changes).toEqual([
      { pointer: '/output', before: '{{ tasks.a.result }}' },
    ]);
  });

  it('reads names that objects inherit as any other', () => {
    const before = aTask({ parameters: JSON.parse('{"__proto__":1}') as TaskDefinition['parameters'] });
    expect(diffDefinitions(of(before), of(aTask())).changed[0]?.changes).toEqual([
      { pointer: '/parameters/__proto__', before: 1 },
    ]);
    expect(
      diffDefinitions(of(aTask()), of(aTask({ parameters: { toString: 1 } }))).changed[0]?.changes,
    ).toEqual([{ pointer: '/parameters/toString', after: 1 }]);
  });

  it('lists the first 1,000 changes and counts the rest', () => {
    const many = (value: number) =>
      Object.fromEntries(Array.from({ length: 1_200 }, (_, at) => [`p${at}`, value]));
    const { changed, omitted } = diffDefinitions(
      of(aTask({ parameters: many(1) })),
      of(aTask({ parameters: many(2) })),
    );
    expect([changed[0]?.changes.length, omitted]).toEqual([1_000, 200]);
  });

  it('is equal to itself in any order of tasks and dependencies', () => {
    fc.assert(
      fc.property(graph, (tasks) => {
        const other = tasks
          .map((task) => ({ ...task, dependencies: [...task.dependencies].reverse() }))
          .reverse();
        expect(diffDefinitions(of(...tasks), of(...other))).toMatchObject({ isEqual: true, changed: [] });
      }),
    );
  });

  it('tells backwards the opposite of what it tells forwards', () => {
    fc.assert(
      fc.property(graph, graph, (before, after) => {
        const there = diffDefinitions(of(...before), of(...after));
        const back = diffDefinitions(of(...after), of(...before));
        expect(back.isEqual).toBe(there.isEqual);
        expect([back.added, back.removed]).toEqual([there.removed, there.added]);
        const turned = back.changed.map(({ dependenciesAdded, dependenciesRemoved, ...change }) => ({
          ...change,
          dependenciesAdded: dependenciesRemoved,
          dependenciesRemoved: dependenciesAdded,
        }));
        const byId = (a: { taskId: string }, b: { taskId: string }) => (a.taskId < b.taskId ? -1 : 1);
        expect([...turned].sort(byId)).toEqual([...there.changed].sort(byId));
      }),
    );
  });
});
