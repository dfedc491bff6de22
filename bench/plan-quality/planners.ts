import { CatalogueIndex } from '../../src/planning/rules/domain/catalogue-index.js';
import { shortlist } from '../../src/planning/rules/domain/shortlist.js';
import { sketchPlan, sketchPlans } from '../../src/planning/rules/domain/sketch-plan.js';
import { WEIGHTS, type Weights } from '../../src/planning/rules/domain/weights.js';
import { entriesOf } from './entries.js';
import { FloorPlanner } from './floor.js';
import type { PlanGraph, Tool } from './gold-files.js';
import { graphOf } from './graph-of.js';

/** What a planner answers to a request. */
export interface Answer {
  readonly best: PlanGraph;
  /** The next best ones; asked for apart, so that they are not timed. */
  alternatives(): readonly PlanGraph[];
  /** Sure enough that nobody else is asked. */
  readonly isConfident: boolean;
}

/** A planner that is measured; built before, so that only planning counts. */
export interface MeasuredPlanner {
  plan(request: string): Answer;
  /** The tools most likely needed, best first; absent: it has none. */
  shortlist?(request: string, count: number): readonly string[];
}

/** Two besides the best one: what a person is shown. */
const PLANS = 3;

export function floorPlanner(tools: readonly Tool[]): MeasuredPlanner {
  const floor = new FloorPlanner(tools);
  return { plan: (request) => ({ best: floor.plan(request), alternatives: () => [], isConfident: false }) };
}

/** Without history. */
export function rulesPlanner(tools: readonly Tool[], weights: Weights = WEIGHTS): MeasuredPlanner {
  const index = new CatalogueIndex(entriesOf(tools), { weights });
  return {
    plan: (request) => ({
      best: graphOf(sketchPlan(request, index)),
      alternatives: () => sketchPlans(request, index, PLANS).slice(1).map(graphOf),
      isConfident: false,
    }),
    shortlist: (request, count) => shortlist(request, index, count),
  };
}
