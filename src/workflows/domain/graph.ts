import { type GraphNode, type Links, linkTasks } from './links.js';
import { PositionHeap } from './position-heap.js';

/** A definition's graph by position: task i is `tasks[i]`. */
export interface TaskGraph extends Links {
  /** Distinct dependencies, counted. */
  readonly edges: number;
  /** Topological order: of all tasks that could come next, the first by position. */
  readonly order: Int32Array;
  /** Longest path from a source to the task, in edges; sources are 0. */
  readonly level: Int32Array;
  /** Tasks on the longest path. */
  readonly depth: number;
  /** Tasks on the largest level. */
  readonly width: number;
}

/** Kahn's algorithm with a heap; shorter than the tasks when there is a cycle. Also finds the levels. */
function sortByDependencies(links: Links): { readonly order: Int32Array; readonly level: Int32Array } {
  const size = links.taskIds.length;
  const level = new Int32Array(size);
  const order = new Int32Array(size);
  const open = new Int32Array(size);
  const ready = new PositionHeap();
  for (let index = 0; index < size; index++) {
    open[index] = links.dependencyStart[index + 1]! - links.dependencyStart[index]!;
    if (open[index] === 0) ready.push(index);
  }
  let done = 0;
  while (ready.size > 0) {
    const index = ready.pop();
    order[done++] = index;
    for (let at = links.successorStart[index]!; at < links.successorStart[index + 1]!; at++) {
      const successor = links.successors[at]!;
      if (level[successor]! <= level[index]!) level[successor] = level[index]! + 1;
      if (--open[successor]! === 0) ready.push(successor);
    }
  }
  return { order: order.subarray(0, done), level };
}

function largestLevel(level: Int32Array): { readonly depth: number; readonly width: number } {
  const tasksOn = new Int32Array(level.length);
  let depth = 0;
  let width = 0;
  for (const one of level) {
    depth = Math.max(depth, one + 1);
    width = Math.max(width, ++tasksOn[one]!);
  }
  return { depth, width };
}

/** Orders linked tasks; null when they wait for each other in a cycle. */
export function orderLinks(links: Links): TaskGraph | null {
  const { order, level } = sortByDependencies(links);
  if (order.length < links.taskIds.length) return null;
  return { ...links, edges: links.dependencies.length, order, level, ...largestLevel(level) };
}

/** The graph of a valid definition's tasks. Throws when they hold a cycle: check with `validateDefinition` first. */
export function buildGraph(tasks: readonly GraphNode[]): TaskGraph {
  const graph = orderLinks(linkTasks(tasks));
  if (graph === null)
    throw new Error('The tasks depend on each other in a cycle; validate the definition first.');
  return graph;
}

/** Positions of a task's distinct dependencies. */
export function dependenciesOf(links: Links, index: number): Int32Array {
  return links.dependencies.subarray(links.dependencyStart[index], links.dependencyStart[index + 1]);
}

/** Positions of the tasks that wait for a task. */
export function successorsOf(links: Links, index: number): Int32Array {
  return links.successors.subarray(links.successorStart[index], links.successorStart[index + 1]);
}
