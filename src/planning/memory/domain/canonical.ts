import type { PlanLink, PlanShape } from './remembered-plan.js';

const isWithin = (at: number, count: number): boolean => Number.isInteger(at) && at >= 0 && at < count;

/**
 * The same plan with every task type after those it comes after, otherwise in the order given. Links of no task, links to
 * itself, the same link again and links that would close a cycle are left out.
 */
export function canonicalShape({ taskTypes, links }: PlanShape): PlanShape {
  const count = taskTypes.length;
  const after = taskTypes.map(() => new Set<number>());
  for (const { source, target } of links)
    if (isWithin(source, count) && isWithin(target, count) && source !== target) after[target]?.add(source);
  const order: number[] = [];
  const placeOf = new Map<number, number>();
  const left = new Set(taskTypes.keys());
  while (left.size > 0) {
    const isReady = (at: number) => [...(after[at] ?? [])].every((source) => placeOf.has(source));
    const [first] = left;
    const next = [...left].find(isReady) ?? (first as number);
    left.delete(next);
    placeOf.set(next, order.push(next) - 1);
  }
  const kept: PlanLink[] = order.flatMap((task, target) =>
    [...(after[task] ?? [])]
      .map((source) => ({ source: placeOf.get(source) as number, target }))
      .filter(({ source }) => source < target)
      .sort((a, b) => a.source - b.source),
  );
  return { taskTypes: order.map((at) => taskTypes[at] as string), links: kept };
}
