import { performance } from 'node:perf_hooks';
import { toMicroseconds } from '../../src/workflows/domain/critical-path.js';
import type { Definition } from '../../src/workflows/domain/definition.js';
import { optimiseOrder, type Optimised } from '../../src/workflows/domain/optimise-order.js';
import { findType } from './check.js';
import { definitionOfTrace, readTraces, type Trace } from './read-data.js';

const SLOTS = [4, 8, 16];
const RUNS = 5;
const TASKS = 10_000;
const AGENT = 'agent';

/** All tasks by one agent that works on so many at a time. */
function optimise(definition: Definition, slots: number): Optimised {
  return optimiseOrder({
    definition,
    durationUs: Float64Array.from(definition.tasks, ({ estimatedDurationSeconds = 1 }) =>
      toMicroseconds(estimatedDurationSeconds),
    ),
    executors: definition.tasks.map(() => AGENT),
    limits: new Map([[AGENT, slots]]),
    findTaskType: findType,
    isGate: () => false,
  });
}

/** Dependencies that were removed though nothing else makes the one task wait for the other. */
function lost({ definition, removed }: Optimised): string[] {
  const before = new Map(definition.tasks.map(({ taskId, dependencies }) => [taskId, dependencies]));
  return removed
    .filter(({ taskId, dependency }) => {
      const seen = new Set([taskId]);
      for (const each of seen) for (const next of before.get(each) ?? []) seen.add(next);
      return !seen.has(dependency);
    })
    .map(({ taskId, dependency }) => `${taskId} no longer after ${dependency}`);
}

/** What no schedule can beat: the critical path, and all work by all slots at once. */
const boundOf = ({ expected }: Trace, slots: number): number =>
  Math.max(expected.criticalPathSeconds, expected.serialSeconds / slots);

/** Optimises every trace for several numbers of slots; answers the number of orders that are wrong. */
export function checkOrders(folder: string): number {
  const rows = readTraces(folder).flatMap((trace) =>
    SLOTS.map((slots) => {
      const optimised = optimise(definitionOfTrace(trace), slots);
      const { makespanBefore, makespanAfter } = optimised;
      const bound = boundOf(trace, slots);
      const wrong = [
        ...(makespanAfter > makespanBefore ? ['longer'] : []),
        ...(makespanAfter < bound - 1e-3 ? ['too short'] : []),
        ...lost(optimised),
      ];
      return {
        ...{ trace: trace.name, slots, removed: optimised.removed.length },
        ...{ before: makespanBefore.toFixed(1), after: makespanAfter.toFixed(1), bound: bound.toFixed(1) },
        ...{
          gain: `${(100 * (1 - makespanAfter / makespanBefore)).toFixed(1)} %`,
          wrong: wrong.join(' ') || '-',
        },
      };
    }),
  );
  console.log('\nOrders: makespan in seconds, before and after');
  console.table(rows);
  return rows.filter(({ wrong }) => wrong !== '-').length + (rows.length === 0 ? 1 : 0);
}

/** Pseudo-random numbers from 0 to below `end`, the same at every run (Park and Miller 1988). */
function numbers(seed: number): (end: number) => number {
  let state = seed;
  return (end) => {
    state = (state * 48_271) % 2_147_483_647;
    return state % end;
  };
}

const SHAPES: Readonly<Record<string, (at: number, next: (end: number) => number) => number[]>> = {
  chain: (at) => (at === 0 ? [] : [at - 1]),
  wide: (at) =>
    at === 0 ? [] : at === TASKS - 1 ? Array.from({ length: TASKS - 2 }, (_, one) => one + 1) : [0],
  dense: (at) => Array.from({ length: Math.min(at, 50) }, (_, one) => at - 1 - one),
  random: (at, next) => (at === 0 ? [] : [next(at), next(at), next(at)]),
};

function generated(shape: (typeof SHAPES)[string]): Definition {
  const next = numbers(2026);
  return {
    tasks: Array.from({ length: TASKS }, (_, at) => ({
      ...{ taskId: `t${at}`, taskType: 'timer.wait', parameters: { seconds: 1 } },
      dependencies: [...new Set(shape(at, next))].map((before) => `t${before}`),
      estimatedDurationSeconds: 1 + next(100),
    })),
  };
}

/** Prints how long optimising generated definitions takes. */
export function measureOrders(): void {
  console.log(`\nOptimise ${TASKS} tasks with 16 slots, milliseconds (median of ${RUNS})`);
  console.table(
    Object.entries(SHAPES).map(([name, shape]) => {
      const definition = generated(shape);
      const times = Array.from({ length: RUNS }, () => {
        const start = performance.now();
        optimise(definition, 16);
        return performance.now() - start;
      });
      const { removed, makespanBefore, makespanAfter } = optimise(definition, 16);
      const median = times.sort((a, b) => a - b)[RUNS >> 1] as number;
      const edges = definition.tasks.reduce((sum, { dependencies }) => sum + dependencies.length, 0);
      return {
        name,
        edges,
        removed: removed.length,
        before: makespanBefore,
        after: makespanAfter,
        median: median.toFixed(1),
      };
    }),
  );
}
