import { PositionHeap } from './position-heap.js';
import { dependenciesOf, successorsOf, type TaskGraph } from './graph.js';

/** What a schedule is made of, all by position. */
export interface ScheduleInput {
  readonly graph: TaskGraph;
  /** Whole microseconds. */
  readonly durationUs: Float64Array;
  /** Higher first; ties by position. */
  readonly rank: ArrayLike<number>;
  /** Who executes each task; null: anybody, without a limit. */
  readonly executors: readonly (string | null)[];
  /** How many tasks an executor works on at a time; absent: as many as there are. */
  readonly limits: ReadonlyMap<string, number>;
}

export interface Schedule {
  readonly startUs: Float64Array;
  readonly makespanUs: number;
}

/**
 * What happens when whoever is free takes the task with the highest rank of those that are ready (list scheduling, Graham
 * 1966), as the engine does with priorities. O((tasks + edges) log tasks).
 */
export function listSchedule({ graph, durationUs, rank, executors, limits }: ScheduleInput): Schedule {
  const size = graph.taskIds.length;
  const [startUs, endUs] = [new Float64Array(size), new Float64Array(size)];
  const open = Int32Array.from(graph.taskIds, (_, index) => dependenciesOf(graph, index).length);
  const byRank = (a: number, b: number) => rank[a]! > rank[b]! || (rank[a] === rank[b] && a < b);
  const running = new PositionHeap((a, b) => endUs[a]! < endUs[b]! || (endUs[a] === endUs[b] && a < b));
  const waiting = new Map<string, PositionHeap>();
  const free = new Map(limits);
  let makespanUs = 0;
  const start = (task: number, nowUs: number): void => {
    startUs[task] = nowUs;
    endUs[task] = nowUs + durationUs[task]!;
    makespanUs = Math.max(makespanUs, endUs[task]!);
    running.push(task);
  };
  const startWaiting = (executor: string, nowUs: number): void => {
    const queue = waiting.get(executor);
    for (let left = free.get(executor) ?? 0; queue !== undefined && queue.size > 0 && left > 0; left -= 1) {
      free.set(executor, left - 1);
      start(queue.pop(), nowUs);
    }
  };
  /** Tasks that are ready at the same time queue before any of them starts. */
  const release = (tasks: readonly number[], nowUs: number): void => {
    const asked = new Set<string>();
    for (const task of tasks) {
      const executor = executors[task] ?? null;
      if (executor === null || !limits.has(executor)) {
        start(task, nowUs);
        continue;
      }
      const queue = waiting.get(executor) ?? new PositionHeap(byRank);
      queue.push(task);
      waiting.set(executor, queue);
      asked.add(executor);
    }
    for (const executor of asked) startWaiting(executor, nowUs);
  };
  release(
    [...graph.order].filter((task) => open[task] === 0),
    0,
  );
  while (running.size > 0) {
    const first = running.pop();
    const nowUs = endUs[first]!;
    const ended = [first];
    const ready: number[] = [];
    const freed = new Set<string>();
    for (const task of ended) {
      const executor = executors[task] ?? null;
      if (executor !== null && limits.has(executor)) {
        free.set(executor, (free.get(executor) ?? 0) + 1);
        freed.add(executor);
      }
      for (const successor of successorsOf(graph, task)) if (--open[successor]! === 0) ready.push(successor);
      if (running.size > 0) {
        const next = running.pop();
        if (endUs[next] === nowUs) ended.push(next);
        else running.push(next);
      }
    }
    release(ready, nowUs);
    for (const executor of freed) startWaiting(executor, nowUs);
  }
  return { startUs, makespanUs };
}

/** Of each task: the longest way from its start to the end of the graph, whole microseconds. Linear. */
export function remainingUs(graph: TaskGraph, durationUs: Float64Array): Float64Array {
  const remaining = new Float64Array(graph.taskIds.length);
  for (const index of graph.order.toReversed()) {
    let longest = 0;
    for (const successor of successorsOf(graph, index)) longest = Math.max(longest, remaining[successor]!);
    remaining[index] = durationUs[index]! + longest;
  }
  return remaining;
}
