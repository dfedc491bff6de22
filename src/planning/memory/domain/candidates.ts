import { type MemoryContext, support } from './context.js';
import { chained, type PlanShape, shapeKey } from './remembered-plan.js';

const BEST_TYPES = 8;
const MAX_SUBSET = 4;
const MAX_CANDIDATES = 150;
const IN_BASELINE = 0.25;
const STEP_SUPPORT = 0.35;
/** What the order of the clauses counts beside that of past plans. */
const CLAUSE_ORDER = 0.7;

/** Task types in the order that past plans and the clauses of the request suggest. */
function ordered(types: readonly string[], { votes, positions }: MemoryContext): string[] {
  const ahead = (a: string, b: string): number => {
    const [at, than] = [positions.get(a), positions.get(b)];
    const byClause = at === undefined || than === undefined ? 0 : CLAUSE_ORDER * Math.sign(than - at);
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

function subsetsOf(types: readonly string[]): string[][] {
  let subsets: string[][] = [[]];
  for (const type of types)
    subsets = [
      ...subsets,
      ...subsets.filter(({ length }) => length < MAX_SUBSET).map((set) => [...set, type]),
    ];
  return subsets.filter(({ length }) => length > 0);
}

/**
 * Plans worth comparing: those of the neighbours, the one without memory, and what can be put together of the task types
 * that neighbours, clauses and steps speak for. About 150, each once, in a fixed order.
 */
export function candidatesFor(context: MemoryContext): PlanShape[] {
  const { votes, baseline, steps } = context;
  const known = new Set(baseline.taskTypes);
  const types = new Set([...votes.types.keys(), ...known, ...steps.flatMap((clause) => [...clause.keys()])]);
  const value = new Map(
    [...types].map((type) => [
      type,
      votes.vote(type) + (known.has(type) ? IN_BASELINE : 0) + STEP_SUPPORT * support(type, steps),
    ]),
  );
  const best = [...types]
    .sort((a, b) => (value.get(b) as number) - (value.get(a) as number) || (a < b ? -1 : 1))
    .slice(0, BEST_TYPES);
  const sums = subsetsOf(best).map((subset) => ({
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
    { taskTypes: baseline.taskTypes, links: baseline.links },
    ...sums.map(({ subset }) => chained(ordered(subset, context))),
  ];
  const unique = new Map(
    shapes.map(({ taskTypes, links }) => [shapeKey({ taskTypes, links }), { taskTypes, links }]),
  );
  return [...unique.values()].filter(({ taskTypes }) => taskTypes.length > 0).slice(0, MAX_CANDIDATES);
}
