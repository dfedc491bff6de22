import type { Comparison } from './compare.js';
import { qualityOf } from './quality.js';
import { type PlanShape, shapeKey } from './remembered-plan.js';

/** What speaks for an answer beside its chance among the others. The first is constant. */
export function signalsOf(
  { context, shapes }: Comparison,
  chances: readonly number[],
  winner: number,
): Float64Array {
  const shape = shapes[winner] as PlanShape;
  const plan = context.votes.plans.get(shapeKey(shape));
  const chance = chances[winner] as number;
  const second = chances.reduce((most, other, at) => (at === winner ? most : Math.max(most, other)), 0);
  return Float64Array.of(
    1,
    Math.log((chance + 0.001) / (1 - chance + 0.001)),
    chance - second,
    Math.max(0, plan?.share ?? 0),
    context.neighbourhood.similarity,
    Math.log(1 + (plan?.count ?? 0)),
    qualityOf(context.baseline, shape).score / 2,
    shape.taskTypes.length,
  );
}
