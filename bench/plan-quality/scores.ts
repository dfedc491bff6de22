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

/** NaN of nothing. */
export const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/** Means over requests. */
export const meanScore = (scores: readonly Score[]): Score => ({
  node: mean(scores.map(({ node }) => node)),
  edge: mean(scores.map(({ edge }) => edge)),
  exact: mean(scores.map(({ exact }) => exact)),
});

/** A tool nobody has, or a link of no node. */
export function isInvalid({ nodes, links }: PlanGraph, tools: ReadonlySet<string>): boolean {
  const names = new Set(nodes);
  const isKnown = (name: string) => names.has(name) && tools.has(name);
  return (
    nodes.some((name) => !tools.has(name)) ||
    links.some((one) => !isKnown(one.source) || !isKnown(one.target))
  );
}
