import { canonicalShape } from './canonical.js';
import type { RememberedPlan } from './remembered-plan.js';

/** At most these are kept: a question takes time with each. */
export const MAX_PLANS = 5_000;
/** So that nobody alone teaches it. */
export const MAX_PLANS_OF_ONE = 1_000;
/** Larger plans are nobody's example. */
export const MAX_TASKS = 32;

/** The newest, not too many of one author, none with a task type that is gone; oldest first, each in canonical order. */
export function keptPlans(
  plans: readonly RememberedPlan[],
  knows: (taskType: string) => boolean,
): readonly RememberedPlan[] {
  const counts = new Map<string, number>();
  const found: RememberedPlan[] = [];
  const newestFirst = [...new Map(plans.map((plan) => [plan.id, plan])).values()].sort((a, b) =>
    a.id < b.id ? 1 : -1,
  );
  for (const plan of newestFirst) {
    if (found.length === MAX_PLANS) break;
    const { author, taskTypes } = plan;
    const count = author === null ? 0 : (counts.get(author) ?? 0);
    const isUsable = taskTypes.length > 0 && taskTypes.length <= MAX_TASKS && taskTypes.every(knows);
    if (count === MAX_PLANS_OF_ONE || !isUsable) continue;
    if (author !== null) counts.set(author, count + 1);
    found.push({
      ...plan,
      ...canonicalShape(plan),
      steps: plan.steps.filter((step) => knows(step.taskType)),
    });
  }
  return found.reverse();
}
