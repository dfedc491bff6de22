import type { Sketch } from '../../src/planning/rules/domain/sketch.js';
import type { PlanGraph } from './gold-files.js';

/** A sketch as tools and links; steps that nothing does are no nodes, what comes after one comes after what was before it. */
export function graphOf({ steps }: Sketch): PlanGraph {
  const sources: (readonly string[])[] = [];
  const links: { source: string; target: string }[] = [];
  for (const { taskType, after } of steps) {
    const before = [...new Set(after.flatMap((at) => sources[at] ?? []))];
    sources.push(taskType === null ? before : [taskType]);
    if (taskType !== null) links.push(...before.map((source) => ({ source, target: taskType })));
  }
  return { nodes: steps.flatMap(({ taskType }) => taskType ?? []), links };
}
