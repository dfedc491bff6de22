import { termsOf } from '../../src/planning/rules/domain/terms.js';
import type { GoldRequest, PlanGraph, Tool } from './gold-files.js';
import { memoryPlanner } from './memory-planner.js';
import type { MeasuredPlanner } from './planners.js';

/** A planner that learns from plans that were approved; `withoutHistory`: what it falls back on. */
export type HistoryPlanner = (
  tools: readonly Tool[],
  history: readonly GoldRequest[],
  withoutHistory: MeasuredPlanner,
) => MeasuredPlanner;

/** Requests that are as good as the same. */
const SURE = 0.9;

/** The yardstick of planners with history: the plan of the most similar request, by the share of common words. */
const nearestPlan: HistoryPlanner = (_tools, history, withoutHistory) => {
  const known = history.map(({ text, gold }) => ({ terms: new Set(termsOf(text)), gold }));
  return {
    plan: (request) => {
      const terms = new Set(termsOf(request));
      let best: { likeness: number; gold: PlanGraph } | null = null;
      for (const { terms: other, gold } of known) {
        const common = [...terms].filter((term) => other.has(term)).length;
        const likeness = common / (terms.size + other.size - common || 1);
        if (best === null || likeness > best.likeness) best = { likeness, gold };
      }
      if (best === null) return withoutHistory.plan(request);
      const { gold, likeness } = best;
      return {
        best: gold,
        alternatives: () => [withoutHistory.plan(request).best],
        isConfident: likeness >= SURE,
      };
    },
  };
};

/** Measured with `--history` and `--leave-one-out`, by the name in the table. */
export const HISTORY_PLANNERS: Readonly<Record<string, HistoryPlanner>> = {
  'nearest plan': nearestPlan,
  memory: memoryPlanner,
};

/** The plan of a request as one text: the same tools with the same links. */
export const planKey = ({ nodes, links }: PlanGraph): string =>
  JSON.stringify([
    [...new Set(nodes)].sort(),
    [...new Set(links.map(({ source, target }) => `${source}\u0000${target}`))].sort(),
  ]);
