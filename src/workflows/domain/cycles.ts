import type { Components } from './components.js';
import { dependenciesOf } from './graph.js';
import type { Links } from './links.js';

/** Tasks that wait for each other: `path` is a shortest cycle through the first of them, `size` counts all. */
export interface Cycle {
  /** Positions; each depends on the next, the last on the first. */
  readonly path: readonly number[];
  readonly size: number;
}

/** Breadth-first from `first` along dependencies inside the component until something depends on `first`. */
function shortestCycle(links: Links, first: number, inside: ReadonlySet<number>): number[] {
  const cameFrom = new Map<number, number>();
  const queue = [first];
  for (const index of queue) {
    for (const dependency of dependenciesOf(links, index)) {
      if (dependency === first) {
        const path = [index];
        for (let at = index; at !== first;) path.push((at = cameFrom.get(at) as number));
        return path.reverse();
      }
      if (!inside.has(dependency) || cameFrom.has(dependency)) continue;
      cameFrom.set(dependency, index);
      queue.push(dependency);
    }
  }
  return [first];
}

/** One cycle for each group of tasks that wait for each other, by the position of its first task. */
export function findCycles(links: Links, components: Components): Cycle[] {
  const cycles: Cycle[] = [];
  for (let component = 0; component + 1 < components.start.length; component++) {
    const members = components.members.subarray(components.start[component], components.start[component + 1]);
    if (members.length < 2) continue;
    const first = members.reduce((a, b) => Math.min(a, b));
    cycles.push({ path: shortestCycle(links, first, new Set(members)), size: members.length });
  }
  return cycles.sort((a, b) => (a.path[0] as number) - (b.path[0] as number));
}
