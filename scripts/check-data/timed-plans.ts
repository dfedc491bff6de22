import type { DurationHistory } from '../../src/workflows/domain/durations.js';
import { buildGraph } from '../../src/workflows/domain/graph.js';
import type { Definition } from '../../src/workflows/domain/definition.js';
import { quoteDefinition } from '../../src/workflows/domain/quote.js';
import { isSameTime } from './check.js';
import { readTimedPlans, type TimedPlan } from './read-data.js';

/** Each step is a task of a type of its own, so that history can say how long it takes. */
function definitionOfPlan(plan: TimedPlan, bound: 0 | 1): Definition {
  const steps = Object.entries(plan.durationsSeconds);
  return {
    tasks: steps.map(([step, durations]) => ({
      taskId: step,
      taskType: `step.${step}`,
      parameters: {},
      dependencies: Object.keys(plan.successors).filter(
        (before) => before in plan.durationsSeconds && plan.successors[before]?.includes(step),
      ),
      estimatedDurationSeconds: durations[bound],
    })),
  };
}

/** The fields in which a plan's quote differs from its minimum time. */
function mismatchesOf(plan: TimedPlan): string[] {
  const histories = new Map(
    Object.entries(plan.durationsSeconds).map(
      ([step, [p50Seconds, p95Seconds]]): [string, DurationHistory] => [
        `step.${step}`,
        { p50Seconds, p95Seconds },
      ],
    ),
  );
  const [shortest, longest] = ([0, 1] as const).map((bound) => {
    const definition = definitionOfPlan(plan, bound);
    return quoteDefinition(definition, buildGraph(definition.tasks), { histories });
  });
  const [lower, upper] = plan.minimumTimeSeconds;
  const compared: readonly [string, number | undefined, number][] = [
    ['criticalPathSeconds (lower)', shortest?.criticalPathSeconds, lower],
    ['criticalPathSeconds (upper)', longest?.criticalPathSeconds, upper],
    ['durationSeconds.p50', shortest?.durationSeconds.p50, lower],
    ['durationSeconds.p95', shortest?.durationSeconds.p95, upper],
  ];
  return compared
    .filter(([, quoted, minimum]) => !isSameTime(quoted ?? NaN, minimum))
    .map(([field, quoted, minimum]) => `${plan.id} ${field}: ${quoted} instead of ${minimum}`);
}

/** Compares every plan's shortest time with its quote; answers the number of plans that differ. */
export function checkTimedPlans(folder: string): number {
  const plans = readTimedPlans(folder);
  const wrong = plans.map(mismatchesOf).filter((fields) => fields.length > 0);
  for (const fields of wrong) console.log(fields.join('\n'));
  console.log(
    `\nTimed plans: ${plans.length - wrong.length} of ${plans.length} agree in lower and upper time`,
  );
  return wrong.length + (plans.length === 0 ? 1 : 0);
}
