import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { acyclicGraph } from '../../../test/factories/graph.arbitrary.js';
import { BUILT_IN_TYPES } from '../../../test/support/built-in-types.js';
import type { Definition, TaskDefinition } from './definition.js';
import {
  type NamedDependency,
  type OptimiseInput,
  optimiseOrder,
  orderOnlyDependencies,
} from './optimise-order.js';

const findTaskType = (name: string) => BUILT_IN_TYPES.find((type) => type.name === name);
const isGate = ({ taskType }: TaskDefinition) => taskType === 'human.approval' || taskType === 'timer.wait';

/** A task that waits for some and uses the results of some. */
function task(
  taskId: string,
  dependencies: readonly string[] = [],
  uses: readonly string[] = [],
): TaskDefinition {
  const data = Object.fromEntries(uses.map((one) => [one, `{{ tasks.${one}.result.text }}`]));
  return { taskId, taskType: 'text.render', parameters: { template: 'x', data }, dependencies };
}
const write = (taskId: string, dependencies: readonly string[] = []): TaskDefinition => ({
  ...{ taskId, taskType: 'file.write', parameters: { path: `${taskId}.txt`, content: 'x' }, dependencies },
});
const approval = (taskId: string): TaskDefinition => ({
  ...{ taskId, taskType: 'human.approval', parameters: { question: 'Go on?' }, dependencies: [] },
});

function input(
  tasks: readonly TaskDefinition[],
  more: Partial<OptimiseInput> & { seconds?: readonly number[] } = {},
) {
  const { seconds = tasks.map(() => 1), ...rest } = more;
  return {
    ...{ definition: { tasks } as Definition, findTaskType, isGate, limits: new Map<string, number>() },
    durationUs: Float64Array.from(seconds, (each) => each * 1_000_000),
    executors: tasks.map(() => 'x'),
    ...rest,
  };
}
const dependenciesOf = ({ tasks }: Definition) =>
  Object.fromEntries(tasks.map(({ taskId, dependencies }) => [taskId, dependencies]));

/** Any graph, some of whose dependencies carry data, with limits, priorities and things thought unnecessary. */
const anyInput = acyclicGraph(9).chain((nodes) => {
  const size = nodes.length;
  const list = <T>(each: fc.Arbitrary<T>) => fc.array(each, { minLength: size, maxLength: size });
  const edges = nodes.flatMap(({ taskId, dependencies }) =>
    dependencies.map((dependency) => ({ taskId, dependency })),
  );
  return fc
    .record({
      uses: list(fc.nat(2)),
      kinds: list(fc.constantFrom('render', 'render', 'render', 'write', 'approval')),
      seconds: list(fc.nat(9)),
      executors: list(fc.constantFrom('x', 'y', null)),
      priorities: list(fc.option(fc.nat(9), { nil: undefined })),
      limit: fc.nat(3),
      unnecessary:
        edges.length === 0 ? fc.constant([]) : fc.array(fc.constantFrom(...edges), { maxLength: 6 }),
    })
    .map(({ uses, kinds, seconds, executors, priorities, limit, unnecessary }) => {
      const isRender = (taskId: string) => kinds[Number(taskId.slice(1))] === 'render';
      const tasks = nodes.map(({ taskId, dependencies }, at): TaskDefinition => {
        const priority = priorities[at] === undefined ? {} : { priority: priorities[at] };
        if (kinds[at] === 'write') return { ...write(taskId, dependencies), ...priority };
        if (kinds[at] === 'approval') return { ...approval(taskId), dependencies, ...priority };
        return {
          ...task(taskId, dependencies, dependencies.filter(isRender).slice(0, uses[at])),
          ...priority,
        };
      });
      const limits = new Map(limit === 0 ? [] : [['x', limit]]);
      return input(tasks, { seconds, executors, limits, unnecessary });
    });
});

describe('optimiseOrder', () => {
  it('drops what a longer path implies, unless data comes that way', () => {
    const tasks = [task('a'), task('b', ['a']), task('c', ['a', 'b']), task('d', ['a', 'b'], ['a'])];
    const { definition, removed, makespanBefore, makespanAfter } = optimiseOrder(input(tasks));
    expect(removed).toEqual([{ taskId: 'c', dependency: 'a', why: 'implied' }]);
    expect(dependenciesOf(definition)).toEqual({ a: [], b: ['a'], c: ['b'], d: ['a', 'b'] });
    expect([makespanBefore, makespanAfter]).toEqual([3, 3]);
  });

  it('drops what is not real where that makes it shorter', () => {
    const tasks = [task('a'), task('b', ['a'])];
    const unnecessary = [{ taskId: 'b', dependency: 'a' }];
    const { removed, kept, makespanBefore, makespanAfter } = optimiseOrder(input(tasks, { unnecessary }));
    expect([removed, kept]).toEqual([[{ taskId: 'b', dependency: 'a', why: 'not_needed' }], []]);
    expect([makespanBefore, makespanAfter]).toEqual([2, 1]);
  });

  it.each<[string, readonly TaskDefinition[], NamedDependency]>([
    ['unknown', [task('a'), task('b')], { taskId: 'b', dependency: 'a' }],
    ['unknown', [task('a'), task('b', ['a'])], { taskId: 'b', dependency: 'z' }],
    ['carries_data', [task('a'), task('b', ['a'], ['a'])], { taskId: 'b', dependency: 'a' }],
    ['is_a_gate', [approval('a'), task('b', ['a'])], { taskId: 'b', dependency: 'a' }],
    ['orders_effects', [write('a'), write('b', ['a'])], { taskId: 'b', dependency: 'a' }],
    // Only through what goes does the task come after the gate, or one effect after the other.
    ['is_a_gate', [approval('a'), task('b', ['a']), task('c', ['b'])], { taskId: 'c', dependency: 'b' }],
    [
      'is_a_gate',
      [approval('a'), task('b', ['a']), task('c', ['b']), task('d', ['c'])],
      { taskId: 'c', dependency: 'b' },
    ],
    [
      'orders_effects',
      [write('a'), task('b', ['a']), task('c', ['b']), write('d', ['c'])],
      { taskId: 'c', dependency: 'b' },
    ],
    // c uses a, which it comes after only through b.
    [
      'carries_data',
      [task('a'), task('b', ['a']), task('c', ['b'], ['a'])],
      { taskId: 'b', dependency: 'a' },
    ],
  ])('keeps it: %s (%#)', (because, tasks, dependency) => {
    const { definition, kept } = optimiseOrder(input(tasks, { unnecessary: [dependency] }));
    expect(kept).toEqual([{ ...dependency, because }]);
    expect(definition).toEqual({ tasks });
  });

  it('keeps what would make it longer: with limits, fewer dependencies can take more time', () => {
    // With one place less the short ones would take those of the long way (Graham's anomaly).
    const durations = [3, 2, 2, 2, 4, 4, 4, 4, 9];
    const graph: Readonly<Record<string, readonly string[]>> = {
      ...{ t0: [], t1: [], t2: [], t3: [], t4: ['t3'], t5: ['t3'], t6: ['t3'], t7: ['t3'], t8: ['t0'] },
    };
    const tasks = Object.entries(graph).map(([id, dependencies], at) => ({
      ...task(id, dependencies),
      priority: 9 - at,
    }));
    const unnecessary = [
      { taskId: 't4', dependency: 't3' },
      { taskId: 't5', dependency: 't3' },
    ];
    const given = input(tasks, { seconds: durations, unnecessary, limits: new Map([['x', 3]]) });
    const { kept, makespanBefore, makespanAfter } = optimiseOrder(given);
    expect(makespanBefore).toBe(12);
    expect(makespanAfter).toBe(12);
    expect(kept).toContainEqual({ taskId: 't5', dependency: 't3', because: 'takes_longer' });
  });

  it('ranks the longest way first, where that brings anything', () => {
    const tasks = [task('a'), task('b'), task('c'), task('d', ['c'])];
    const seconds = [3, 3, 1, 4];
    const two = optimiseOrder(input(tasks, { limits: new Map([['x', 2]]), seconds }));
    expect([two.makespanBefore, two.makespanAfter]).toEqual([8, 6]);
    expect(two.priorities).toEqual([
      { taskId: 'c', before: 0, after: 6 },
      { taskId: 'd', before: 0, after: 3 },
    ]);
    expect(two.definition.tasks.map(({ priority = 0 }) => priority)).toEqual([0, 0, 6, 3]);
    const one = optimiseOrder(input(tasks, { limits: new Map([['x', 1]]), seconds }));
    expect([one.priorities, one.definition]).toEqual([[], { tasks }]);
  });

  it('is never longer, adds nothing, drops nothing that carries data, and has nothing left to do', () => {
    fc.assert(
      fc.property(anyInput, (given) => {
        const { definition, makespanBefore, makespanAfter, removed } = optimiseOrder(given);
        expect(makespanAfter).toBeLessThanOrEqual(makespanBefore);
        const dropped = new Set(removed.map(({ taskId, dependency }) => `${taskId} ${dependency}`));
        for (const [at, before] of given.definition.tasks.entries()) {
          const after = definition.tasks[at] as TaskDefinition;
          expect(after.dependencies).toEqual(
            before.dependencies.filter((one) => !dropped.has(`${before.taskId} ${one}`)),
          );
          expect({ ...after, dependencies: [], priority: 0 }).toEqual({
            ...before,
            dependencies: [],
            priority: 0,
          });
          const used = JSON.stringify(before.parameters).matchAll(/tasks\.(t\d+)\.result/g);
          for (const [, one] of used) expect(after.dependencies).toContain(one);
        }
        const again = optimiseOrder({ ...given, definition, unnecessary: [] });
        expect([again.removed, again.definition, again.makespanAfter]).toEqual([
          [],
          definition,
          makespanAfter,
        ]);
      }),
      { numRuns: 300 },
    );
  });
});

describe('whatever goes', () => {
  const PAIRS = (tasks: readonly TaskDefinition[]): Set<string> => {
    const byId = new Map(tasks.map((each) => [each.taskId, each]));
    const before = (taskId: string): Set<string> => {
      const found = new Set(byId.get(taskId)?.dependencies);
      for (const each of found) for (const earlier of byId.get(each)?.dependencies ?? []) found.add(earlier);
      return found;
    };
    const kind = (taskId: string): string => byId.get(taskId)?.taskType ?? '';
    const matters = (earlier: string, later: string): boolean =>
      kind(earlier) === 'human.approval' || (kind(earlier) === 'file.write' && kind(later) === 'file.write');
    return new Set(
      tasks.flatMap(({ taskId }) =>
        [...before(taskId)].filter((each) => matters(each, taskId)).map((each) => `${each} ${taskId}`),
      ),
    );
  };

  it('what comes after a gate still does, and effects keep their order', () => {
    fc.assert(
      fc.property(anyInput, (given) => {
        const after = PAIRS(optimiseOrder(given).definition.tasks);
        for (const pair of PAIRS(given.definition.tasks)) expect(after).toContain(pair);
      }),
      { numRuns: 300 },
    );
  });
});

describe('orderOnlyDependencies', () => {
  it('are those no reference uses: of parameters, conditions, alternatives, compensation', () => {
    const all = ['a', 'b', 'c', 'd', 'e'];
    const tasks: TaskDefinition[] = [
      ...all.map((id) => task(id)),
      {
        ...task('z', all, ['a']),
        when: { value: '{{ tasks.b.result.text }}', equals: 'x' },
        alternatives: [
          {
            taskType: 'text.render',
            parameters: { template: 'x', data: { c: '{{ tasks.c.result.text }}' } },
          },
        ],
        compensation: {
          taskType: 'text.render',
          parameters: { template: 'x', data: ['{{ tasks.d.result.text }}'] },
        },
      },
    ];
    expect(orderOnlyDependencies({ tasks }, findTaskType)).toEqual(new Map([['z', ['e']]]));
  });
});
