import type { PlanShape } from './remembered-plan.js';

const edgesOf = ({ taskTypes, links }: PlanShape): Set<string> =>
  new Set(links.map(({ source, target }) => `${taskTypes[source] ?? ''}\n${taskTypes[target] ?? ''}`));

/** F1 of two sets; 1 when both are empty. */
function f1(expected: ReadonlySet<string>, found: ReadonlySet<string>): number {
  if (expected.size + found.size === 0) return 1;
  return (2 * [...found].filter((one) => expected.has(one)).length) / (expected.size + found.size);
}

/** How well a plan agrees with the right one, each 0 to 1. */
export interface Quality {
  /** F1 of task types and of links, by name. */
  readonly nodes: number;
  readonly edges: number;
  /** Both together. */
  readonly score: number;
  readonly isExact: boolean;
}

export function qualityOf(right: PlanShape, plan: PlanShape): Quality {
  const nodes = f1(new Set(right.taskTypes), new Set(plan.taskTypes));
  const edges = f1(edgesOf(right), edgesOf(plan));
  return { nodes, edges, score: nodes + edges, isExact: nodes === 1 && edges === 1 };
}
