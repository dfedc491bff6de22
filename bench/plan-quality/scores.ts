import type { PlanGraph } from './gold-files.js';

export interface Score {
  readonly node: number;
  readonly edge: number;
  readonly exact: number;
}

const edgesOf = ({ links }: PlanGraph): string[] =>
  links.map(({ source, target }) => `${source}\u0000${target}`);

/** F1 of two sets of names: 1 when both are empty. */
function f1(expected: readonly string[], found: readonly string[]): number {
  const [gold, plan] = [new Set(expected), new Set(found)];
  if (gold.size === 0 && plan.size === 0) return 1;
  const hits = [...plan].filter((name) => gold.has(name)).length;
  return (2 * hits) / (gold.size + plan.size);
}

/** Names decide; how often one occurs does not. `exact`: the same nodes and the same edges. */
export function scoreOf(gold: PlanGraph, plan: PlanGraph): Score {
  const node = f1(gold.nodes, plan.nodes);
  const edge = f1(edgesOf(gold), edgesOf(plan));
  return { node, edge, exact: node === 1 && edge === 1 ? 1 : 0 };
}

/** Means over requests. */
export function meanScore(scores: readonly Score[]): Score {
  const mean = (of: (score: Score) => number) =>
    scores.reduce((sum, score) => sum + of(score), 0) / scores.length;
  return {
    node: mean(({ node }) => node),
    edge: mean(({ edge }) => edge),
    exact: mean(({ exact }) => exact),
  };
}
