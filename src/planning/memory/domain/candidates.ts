import { type MemoryContext, support } from './context.js';
import { type PlanShape, shapeKey } from './remembered-plan.js';

/** Task types in the order that past plans and the clauses of the request suggest. */
function ordered(types: readonly string[], { votes, positions, settings }: MemoryContext): string[] {
  const ahead = (a: string, b: string): number => {
    const [at, than] = [positions.get(a), positions.get(b)];
    const byClause = at === undefined || than === undefined ? 0 : settings.clauseOrder * Math.sign(than - at);
    return votes.precedence(a, b) + byClause;
  };
  const score = new Map(
    types.map((type) => [
      type,
      types.reduce((sum, other) => (other === type ? sum : sum + Math.tanh(ahead(type, other))), 0),
    ]),
  );
  return [...types].sort((a, b) => (score.get(b) as number) - (score.get(a) as number) || (a < b ? -1 : 1));
}

function subsetsOf(types: readonly string[], largest: number): string[][] {
  let subsets: string[][] = [[]];
  for (const type of types)
    subsets = [...subsets, ...subsets.filter(({ length }) => length < largest).map((set) => [...set, type])];
  return subsets.filter(({ length }) => length > 0);
}

/**
 * Plans worth comparing: those of the neighbours, the one without memory, and what can be put together of the task types
 * that neighbours, clauses and steps speak for. About 150, each once, in a fixed order.
 */
export function candidatesFor(context: MemoryContext): PlanShape[] {
  const { votes, plain, baseline, steps, settings, habits, baselineLinks } = context;
  const known = new Set(baseline.taskTypes);
  const types = new Set([...votes.types.keys(), ...known, ...steps.flatMap((clause) => [...clause.keys()])]);
  const value = new Map(
    [...types].map((type) => [
      type,
      votes.vote(type) +
        (known.has(type) ? settings.inBaseline : 0) +
        settings.stepSupport * support(type, steps),
    ]),
  );
  const best = [...types]
    .sort((a, b) => (value.get(b) as number) - (value.get(a) as number) || (a < b ? -1 : 1))
    .slice(0, settings.bestTypes);
  const sums = subsetsOf(best, settings.subset).map((subset) => ({
    subset,
    // Types that are likely in, and those that are likely not in, left out.
    sum: best.reduce(
      (sum, type) => sum + Math.abs((subset.includes(type) ? 1 : 0) - Math.min(1, value.get(type) as number)),
      0,
    ),
  }));
  sums.sort((a, b) => a.sum - b.sum || (a.subset.join() < b.subset.join() ? -1 : 1));
  const shapes = [
    ...[...votes.plans.values()].filter(({ count }) => count > 0).map(({ shape }) => shape),
    baseline,
    plain,
    habits.linked(baseline.taskTypes, baselineLinks),
    ...sums.map(({ subset }) => habits.linked(ordered(subset, context), baselineLinks)),
  ];
  const unique = new Map<string, PlanShape>();
  for (const { taskTypes, links } of shapes) {
    if (unique.size === settings.candidates) break;
    const key = shapeKey({ taskTypes, links });
    if (taskTypes.length > 0 && !unique.has(key)) unique.set(key, { taskTypes, links });
  }
  return [...unique.values()];
}
