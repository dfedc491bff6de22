import { qualityOf } from './quality.js';
import type { PlanShape } from './remembered-plan.js';
import type { Settings } from './settings.js';

/** Worths that differ in their last bits only are equal. */
const rounded = (value: number): number => Math.round(value * 1e9) / 1e9;

/**
 * Indexes of plans, best first. The first is the one that does best whichever is right (minimum Bayes risk): likely, and
 * like other likely ones; the others follow by their chances.
 */
export function decide(
  shapes: readonly PlanShape[],
  chances: readonly number[],
  { weighed, exactWorth }: Pick<Settings, 'weighed' | 'exactWorth'>,
): readonly number[] {
  const byChance = shapes
    .map((_, at) => at)
    .sort((a, b) => rounded((chances[b] as number) - (chances[a] as number)) || a - b);
  const likely = byChance.slice(0, weighed);
  const worth = (plan: number): number =>
    likely.reduce((sum, right) => {
      const { score, isExact } = qualityOf(shapes[right] as PlanShape, shapes[plan] as PlanShape);
      return sum + (chances[right] as number) * (score + (isExact ? exactWorth : 0));
    }, 0);
  const worths = likely.map((plan) => ({ plan, worth: rounded(worth(plan)) }));
  const winner = worths.sort((a, b) => b.worth - a.worth)[0]?.plan ?? byChance[0];
  return winner === undefined ? [] : [winner, ...byChance.filter((one) => one !== winner)];
}
