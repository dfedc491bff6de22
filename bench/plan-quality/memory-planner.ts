import { CatalogueIndex } from '../../src/planning/rules/domain/catalogue-index.js';
import { sketchPlan } from '../../src/planning/rules/domain/sketch-plan.js';
import { baselineOf } from '../../src/planning/memory/domain/baseline-of.js';
import { likelyTypes } from '../../src/planning/memory/domain/likely-types.js';
import { PlanMemory } from '../../src/planning/memory/domain/plan-memory.js';
import type { PlanShape, RememberedPlan } from '../../src/planning/memory/domain/remembered-plan.js';
import { entriesOf } from './entries.js';
import type { GoldRequest, PlanGraph, Tool } from './gold-files.js';
import type { MeasuredPlanner } from './planners.js';

/** Each step with its tool: by position where the numbers agree, otherwise by the name in its words. */
function stepsOf({ steps, gold: { nodes } }: GoldRequest): RememberedPlan['steps'] {
  const longestFirst = [...new Set(nodes)].sort((a, b) => b.length - a.length);
  return steps.flatMap((text, at) => {
    const named = longestFirst.find((name) => text.includes(name));
    const taskType = named ?? (steps.length === nodes.length ? nodes[at] : undefined);
    return taskType === undefined ? [] : [{ text, taskType }];
  });
}

/** A gold plan as one that was approved. Links of unknown tools are left out. */
export function rememberedOf(request: GoldRequest, id: string): RememberedPlan {
  const taskTypes = [...new Set(request.gold.nodes)];
  return {
    ...{ id, request: request.text, steps: stepsOf(request), taskTypes },
    links: request.gold.links.flatMap((link) => {
      const [source, target] = [taskTypes.indexOf(link.source), taskTypes.indexOf(link.target)];
      return source < 0 || target < 0 ? [] : [{ source, target }];
    }),
    ...{ isAccepted: true, author: null },
  };
}

export const graphOfShape = ({ taskTypes, links }: PlanShape): PlanGraph => ({
  nodes: taskTypes,
  links: links.map(({ source, target }) => ({
    ...{ source: taskTypes[source] as string, target: taskTypes[target] as string },
  })),
});

/** Runs all steps of a generator at once. */
export function finish<T>(steps: Generator<void, T>): T {
  for (;;) {
    const { done, value } = steps.next();
    if (done === true) return value;
  }
}

export function memoryOf(tools: readonly Tool[], history: readonly GoldRequest[]): PlanMemory {
  const entries = entriesOf(tools);
  const names = new Set(tools.map(({ name }) => name));
  const plans = history.map((request, at) => rememberedOf(request, String(at).padStart(8, '0')));
  return finish(
    PlanMemory.build(
      plans,
      (name) => names.has(name),
      (extensions) => {
        const index = new CatalogueIndex(entries, { extensions });
        return (request) => baselineOf(sketchPlan(request, index));
      },
    ),
  );
}

/** The planner that learns from approved plans. */
export function memoryPlanner(
  tools: readonly Tool[],
  history: readonly GoldRequest[],
  withoutHistory: MeasuredPlanner,
): MeasuredPlanner {
  const memory = memoryOf(tools, history);
  return {
    plan: (request) => {
      const { plans, isConfident } = memory.ask(request);
      const [best, ...others] = plans.map(graphOfShape);
      if (best === undefined) return withoutHistory.plan(request);
      return { best, alternatives: () => others, isConfident };
    },
    shortlist: (request, count) => {
      const byWords = withoutHistory.shortlist?.(request, count) ?? [];
      const { plans, types: votes } = memory.ask(request);
      const proposed = plans.flatMap(({ taskTypes }) => taskTypes);
      return likelyTypes({ proposed, votes, byWords }, () => true, count);
    },
  };
}
