import type { Sketch } from '../../rules/domain/sketch.js';
import type { Baseline, PlanLink } from './remembered-plan.js';

/** A sketch as plan memory compares it: what comes after a step that nothing does comes after what was before it. */
export function baselineOf({ steps }: Sketch): Baseline {
  const taskTypes: string[] = [];
  const links: PlanLink[] = [];
  /** Of each step: which tasks whoever comes after it comes after. */
  const ends: (readonly number[])[] = [];
  for (const { taskType, after } of steps) {
    const before = [...new Set(after.flatMap((at) => ends[at] ?? []))];
    if (taskType === null) {
      ends.push(before);
      continue;
    }
    const target = taskTypes.push(taskType) - 1;
    ends.push([target]);
    links.push(...before.map((source) => ({ source, target })));
  }
  const clauses = steps
    .filter(({ isInserted }) => !isInserted)
    .map(({ clause, candidates }) => ({ text: clause, candidates }));
  return { taskTypes, links, clauses };
}
