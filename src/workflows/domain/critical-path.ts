import type { TaskGraph } from './graph.js';

/** The chain of tasks that decides how long a run takes at least. */
export interface CriticalPath {
  /** Positions from a source to a sink; among equals always the first by position. */
  readonly path: readonly number[];
  readonly durationUs: number;
}

const MICROSECONDS_PER_SECOND = 1e6;

/** Whole microseconds: sums of them are exact up to 285 years, sums of fractional seconds are not. */
export const toMicroseconds = (seconds: number): number => Math.round(seconds * MICROSECONDS_PER_SECOND);

export const toSeconds = (microseconds: number): number => microseconds / MICROSECONDS_PER_SECOND;

/** The dependency that ends last, the first by position among equals; -1 for a source. */
function lastToEnd(graph: TaskGraph, index: number, endUs: Float64Array): number {
  let last = -1;
  for (let at = graph.dependencyStart[index]!; at < graph.dependencyStart[index + 1]!; at++) {
    const dependency = graph.dependencies[at]!;
    const isLater = last === -1 || endUs[dependency]! > endUs[last]!;
    if (isLater || (endUs[dependency] === endUs[last] && dependency < last)) last = dependency;
  }
  return last;
}

/** Longest path by duration; `durationUs` holds whole microseconds by position. Linear. */
export function findCriticalPath(graph: TaskGraph, durationUs: Float64Array): CriticalPath {
  const endUs = new Float64Array(durationUs.length);
  const before = new Int32Array(durationUs.length);
  for (const index of graph.order) {
    before[index] = lastToEnd(graph, index, endUs);
    endUs[index] = durationUs[index]! + (before[index] === -1 ? 0 : endUs[before[index]!]!);
  }
  let last = 0;
  endUs.forEach((end, index) => {
    if (end > endUs[last]!) last = index;
  });
  const path: number[] = [];
  if (endUs.length > 0) for (let index = last; index !== -1; index = before[index]!) path.push(index);
  return { path: path.reverse(), durationUs: endUs[last] ?? 0 };
}
