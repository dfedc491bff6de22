import type { Components } from './components.js';
import { dependenciesOf } from './graph.js';
import type { Links } from './links.js';

/** A question: is `ancestor` a (transitive) dependency of `task`? Both are positions. */
export interface AncestryPair {
  readonly task: number;
  readonly ancestor: number;
}

const TARGETS_PER_PASS = 32;

/** One pass over the graph: for each task, which of up to 32 targets are among its ancestors. */
function markDescendants(links: Links, components: Components, targets: readonly number[]): Int32Array {
  const isTarget = new Int32Array(links.taskIds.length);
  targets.forEach((target, bit) => (isTarget[target]! |= 1 << bit));
  const reached = new Int32Array(links.taskIds.length);
  for (let component = 0; component + 1 < components.start.length; component++) {
    const from = components.start[component]!;
    const to = components.start[component + 1]!;
    let mask = 0;
    for (let member = from; member < to; member++) {
      const index = components.members[member]!;
      for (let at = links.dependencyStart[index]!; at < links.dependencyStart[index + 1]!; at++) {
        const dependency = links.dependencies[at]!;
        mask |= reached[dependency]! | isTarget[dependency]!;
      }
    }
    for (let member = from; member < to; member++) reached[components.members[member]!] = mask;
  }
  return reached;
}

/** Leaves out pairs that name a direct dependency. Pairs of one task come together, so each row is marked once. */
function withoutDirect<P extends AncestryPair>(links: Links, pairs: readonly P[]): P[] {
  const directOf = new Int32Array(links.taskIds.length).fill(-1);
  let marked = -1;
  return pairs.filter((pair) => {
    if (pair.task !== marked) {
      marked = pair.task;
      for (const dependency of dependenciesOf(links, marked)) directOf[dependency] = marked;
    }
    return directOf[pair.ancestor] !== pair.task;
  });
}

/**
 * The pairs (grouped by task) whose `ancestor` is no ancestor of `task`. Direct dependencies cost nothing more; the others are
 * answered 32 distinct ancestors at a time, so that long chains of references stay cheap. Works on cycles too.
 */
export function findNonAncestors<P extends AncestryPair>(
  links: Links,
  components: Components,
  pairs: readonly P[],
): P[] {
  const pairsByAncestor = Map.groupBy(withoutDirect(links, pairs), (pair) => pair.ancestor);
  const targets = [...pairsByAncestor.keys()];
  const wrong: P[] = [];
  for (let from = 0; from < targets.length; from += TARGETS_PER_PASS) {
    const batch = targets.slice(from, from + TARGETS_PER_PASS);
    const reached = markDescendants(links, components, batch);
    batch.forEach((target, bit) => {
      for (const pair of pairsByAncestor.get(target) ?? []) {
        if ((reached[pair.task]! & (1 << bit)) === 0) wrong.push(pair);
      }
    });
  }
  const isWrong = new Set(wrong);
  return pairs.filter((pair) => isWrong.has(pair));
}
