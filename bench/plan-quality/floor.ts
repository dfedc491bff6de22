import { Bm25 } from '../../src/planning/rules/domain/bm25.js';
import { termsOf } from '../../src/planning/rules/domain/terms.js';
import type { PlanGraph, Tool } from './gold-files.js';

/** The naive planner nobody may fall below: a piece at every punctuation mark and "then", the best tool of each, chained. */
export class FloorPlanner {
  private readonly index: Bm25;

  constructor(private readonly tools: readonly Tool[]) {
    this.index = new Bm25(
      tools.map(({ name, description, parameters }) => [
        { terms: termsOf([name, description, ...parameters.map((one) => one.name)].join(' ')), weight: 1 },
      ]),
    );
  }

  plan(text: string): PlanGraph {
    const nodes: string[] = [];
    for (const piece of text.split(/[.,;:!?]|\bthen\b/i)) {
      const scores = this.index.score(new Map(termsOf(piece).map((term) => [term, 1])));
      const best = scores.reduce((top, score, index) => (score > (scores[top] as number) ? index : top), 0);
      const name = this.tools[best]?.name;
      if (name !== undefined && (scores[best] as number) > 0 && !nodes.includes(name)) nodes.push(name);
    }
    return { nodes, links: chain(nodes) };
  }
}

export const chain = (nodes: readonly string[]): PlanGraph['links'] =>
  nodes.slice(1).map((target, index) => ({ source: nodes[index] as string, target }));
