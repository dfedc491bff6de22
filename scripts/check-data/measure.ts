import { performance } from 'node:perf_hooks';
import { validateAndQuote } from './check.js';
import { definitionOfTrace, readTraces } from './read-data.js';

const RUNS = 9;
const SIZES = [1_000, 2_000, 5_000, 10_000];

/** Layers of 50: each task has three dependencies in the layer above and uses results of one and of an old ancestor. */
function generated(size: number): unknown {
  const tasks = Array.from({ length: size }, (_, index) => {
    const column = index % 50;
    const above = index - column - 50;
    const dependencies = above < 0 ? [] : [0, 7, 19].map((step) => `t${above + ((column + step) % 50)}`);
    const from = index < 100 ? null : `{{ tasks.t${column}.result.waitedSeconds ?? null }}`;
    const note = index < 50 ? 'first' : `after {{ tasks.${dependencies[0]}.result.waitedSeconds }} s`;
    return {
      taskId: `t${index}`,
      taskType: 'timer.wait',
      parameters: { seconds: 1, note, from },
      dependencies,
    };
  });
  return { tasks };
}

function timesOf(definition: unknown): { readonly first: number; readonly median: number } {
  const times = Array.from({ length: RUNS }, () => {
    const start = performance.now();
    validateAndQuote(definition);
    return performance.now() - start;
  });
  return { first: times[0] as number, median: times.sort((a, b) => a - b)[RUNS >> 1] as number };
}

/** Prints how long validating and quoting takes: the largest trace, and generated definitions of growing size. */
export function measure(folder: string): void {
  const largest = readTraces(folder).reduce((a, b) => (b.tasks.length > a.tasks.length ? b : a));
  const measured = [
    { name: largest.name, tasks: largest.tasks.length, definition: definitionOfTrace(largest) as unknown },
    ...SIZES.map((tasks) => ({ name: 'generated', tasks, definition: generated(tasks) })),
  ];
  console.log(`\nValidate and quote, milliseconds (median of ${RUNS})`);
  console.table(
    measured.map(({ name, tasks, definition }) => {
      const { first, median } = timesOf(definition);
      const microsecondsPerTask = ((median * 1000) / tasks).toFixed(2);
      return { name, tasks, first: first.toFixed(1), median: median.toFixed(1), microsecondsPerTask };
    }),
  );
}
