import type { PlanShape } from './remembered-plan.js';

const edgesOf = ({ taskTypes, links }: PlanShape): Set<string> =>
  new Set(links.map(({ source, target }) => `${taskTypes[source] ?? ''}\n${taskTypes[target] ?? ''}`));

/** F1 of two sets; 1 when both are empty. */
function f1(expected: ReadonlySet<string>, found: ReadonlySet<string>): number {
  if (expected.size + found.size === 0) return 1;
  return (2 * [...found].filter((one) => expected.has(one)).length) / (expected.size + found.size);
}

/** How well a plan agrees with the right one: F1 of task types and of links by name; `isExact`: both agree. */
export function qualityOf(
  right: PlanShape,
  plan: PlanShape,
): { readonly score: number; readonly isExact: boolean } {
  const node = f1(new Set(right.taskTypes), new Set(plan.taskTypes));
  const edge = f1(edgesOf(right), edgesOf(plan));
  return { score: node + edge, isExact: node === 1 && edge === 1 };
}
