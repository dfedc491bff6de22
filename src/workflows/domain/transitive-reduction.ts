import { dependenciesOf, type TaskGraph } from './graph.js';

/** A dependency by positions. */
export interface Edge {
  readonly task: number;
  readonly dependency: number;
}

const TARGETS_PER_PASS = 32;

/** For each task, which of up to 32 targets it comes after: one pass over the graph. */
function markAfter(graph: TaskGraph, targets: readonly number[]): Int32Array {
  const bits = new Int32Array(graph.taskIds.length);
  targets.forEach((target, bit) => (bits[target]! |= 1 << bit));
  const after = new Int32Array(graph.taskIds.length);
  for (const index of graph.order)
    for (const dependency of dependenciesOf(graph, index))
      after[index]! |= after[dependency]! | bits[dependency]!;
  return after;
}

/**
 * The dependencies that longer paths imply: without them every task comes after the same tasks as before (Aho, Garey and
 * Ullman 1972). A dependency on the level right below is never one. O(edges × candidates / 32).
 */
export function impliedDependencies(graph: TaskGraph): Edge[] {
  const candidates = new Map<number, number[]>();
  graph.taskIds.forEach((_, task) => {
    for (const dependency of dependenciesOf(graph, task)) {
      if (graph.level[task]! - graph.level[dependency]! < 2) continue;
      const tasks = candidates.get(dependency);
      if (tasks === undefined) candidates.set(dependency, [task]);
      else tasks.push(task);
    }
  });
  const targets = [...candidates.keys()];
  const implied: Edge[] = [];
  for (let from = 0; from < targets.length; from += TARGETS_PER_PASS) {
    const batch = targets.slice(from, from + TARGETS_PER_PASS);
    const after = markAfter(graph, batch);
    batch.forEach((dependency, bit) => {
      for (const task of candidates.get(dependency) ?? [])
        if (dependenciesOf(graph, task).some((other) => (after[other]! & (1 << bit)) !== 0))
          implied.push({ task, dependency });
    });
  }
  return implied.sort((a, b) => a.task - b.task || a.dependency - b.dependency);
}
