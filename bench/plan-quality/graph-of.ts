import type { Sketch } from '../../src/planning/rules/domain/sketch.js';
import type { PlanGraph } from './gold-files.js';

/**
 * A sketch as tools and links. A step that nothing does is no node: what comes after it comes after what was before it.
 * Two steps of the same tool are one node, a link between them is none.
 */
export function graphOf({ steps }: Sketch): PlanGraph {
  const sources: (readonly string[])[] = [];
  const links: { source: string; target: string }[] = [];
  for (const { taskType, after } of steps) {
    const before = [...new Set(after.flatMap((at) => sources[at] ?? []))];
    sources.push(taskType === null ? before : [taskType]);
    if (taskType !== null)
      links.push(...before.filter((one) => one !== taskType).map((source) => ({ source, target: taskType })));
  }
  return { nodes: steps.flatMap(({ taskType }) => taskType ?? []), links };
}
