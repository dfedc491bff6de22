import { type MemoryContext, support } from './context.js';
import { qualityOf } from './quality.js';
import { type PlanShape, shapeKey } from './remembered-plan.js';
import type { VotedPlan } from './votes.js';

const logit = (share: number): number => {
  const kept = Math.min(0.98, Math.max(0.02, share));
  return Math.log(kept / (1 - kept));
};
const mean = (values: readonly number[]): number =>
  values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;

/** What is measured of a plan for a request. Names are in the order of the numbers. */
export const FEATURES = [
  'voteLogits',
  'votesLeftOut',
  'inBaseline',
  'notInBaseline',
  'baselineLeftOut',
  'planShare',
  'isNovel',
  'flow',
  'ends',
  'length',
  'lengthAgainstClauses',
  'clauseOrder',
  'clauseCoverage',
  'meanVote',
  'leastVote',
  'precedence',
  'stepCoverage',
  'stepSupport',
  'isBaseline',
  'linkHabit',
  'baselineLinks',
  'fitSupport',
  'leastSupport',
  'planShareNear',
  'voteLogitsNear',
  'isBaselineFar',
  'wordLogits',
  'meanWords',
  'isPlain',
  'plainTypes',
  'plainLinks',
  'isKnownFor',
] as const;

/** Share of pairs of task types that stand in the order of their clauses. */
function clauseOrder(types: readonly string[], context: MemoryContext): number {
  const positions = types
    .map((type) => context.positions.get(type))
    .filter((position) => position !== undefined);
  let [pairs, inOrder] = [0, 0];
  positions.forEach((position, at) => {
    for (const later of positions.slice(at + 1)) {
      if (later === position) continue;
      pairs += 1;
      if (later > position) inOrder += 1;
    }
  });
  return pairs === 0 ? 0.5 : inOrder / pairs;
}

function precedence(types: readonly string[], { votes }: MemoryContext): number {
  const ratios = types.flatMap((type, at) =>
    types.slice(at + 1).map((later) => votes.precedence(type, later)),
  );
  return mean(ratios);
}

const coverage = (types: readonly string[], clauses: readonly ReadonlyMap<string, number>[]): number =>
  mean(clauses.map((clause) => types.reduce((most, type) => Math.max(most, clause.get(type) ?? 0), 0)));

/** Links that the plan without memory has, too, of those between task types it has. */
function sharedLinks({ taskTypes, links }: PlanShape, { baseline, baselineLinks }: MemoryContext): number {
  const known = new Set(baseline.taskTypes);
  const own = links
    .map(({ source, target }) => [taskTypes[source] ?? '', taskTypes[target] ?? ''] as const)
    .filter((pair) => pair.every((type) => known.has(type)));
  if (own.length === 0) return 0.5;
  return own.filter(([first, second]) => baselineLinks.has(first, second)).length / own.length;
}

function likePlain(shape: PlanShape, { plain }: MemoryContext): readonly [number, number] {
  const { nodes, edges } = qualityOf(plain, shape);
  return [nodes, edges];
}

/**
 * Whether the very same was asked for before and this plan was accepted for it, 0 to 1: 1 where no word differs, else once
 * proves nothing, and the more often the more.
 */
function isKnownFor(
  { share, count, isSame }: VotedPlan,
  { similarity }: MemoryContext['neighbourhood'],
): number {
  if (share <= 0) return 0;
  if (isSame) return 1;
  return (share * Math.max(0, similarity - 0.9) * 10 * Math.max(0, count - 1)) / (count + 1);
}

/** Numbers of one candidate, in the order of `FEATURES`. */
export function featuresOf(shape: PlanShape, context: MemoryContext): Float64Array {
  const { votes, baseline, fits, steps } = context;
  const types = [...new Set(shape.taskTypes)];
  const own = new Set(types);
  const base = new Set(baseline.taskTypes);
  const key = shapeKey(shape);
  const plan = votes.plans.get(key);
  const leftOut = [...votes.types].filter(([type]) => !own.has(type));
  const shares = types.map((type) => votes.vote(type));
  return Float64Array.of(
    shares.reduce((sum, share) => sum + logit(share), 0),
    leftOut.reduce((sum, [, share]) => sum + Math.min(1, share), 0),
    types.filter((type) => base.has(type)).length,
    types.filter((type) => !base.has(type)).length,
    [...base].filter((type) => !own.has(type)).length,
    Math.log(Math.max(0, plan?.share ?? 0) + 0.01),
    plan === undefined || plan.count === 0 ? 1 : 0,
    votes.flow(shape.taskTypes),
    votes.ends(shape.taskTypes),
    types.length,
    Math.abs(types.length - baseline.clauses.length),
    clauseOrder(types, context),
    coverage(types, fits),
    mean(shares),
    Math.min(...shares),
    precedence(types, context),
    coverage(types, steps),
    mean(types.map((type) => support(type, steps))),
    key === context.baselineKey ? 1 : 0,
    context.habits.likelihood(shape, context.baselineLinks),
    sharedLinks(shape, context),
    mean(types.map((type) => support(type, fits))),
    Math.min(...types.map((type) => Math.max(votes.vote(type), support(type, steps), support(type, fits)))),
    context.neighbourhood.similarity * Math.log(Math.max(0, plan?.share ?? 0) + 0.01),
    context.neighbourhood.similarity * shares.reduce((sum, share) => sum + logit(share), 0),
    (key === context.baselineKey ? 1 : 0) * (1 - context.neighbourhood.similarity),
    types.reduce((sum, type) => sum + context.affinity(type) - 1, 0),
    mean(types.map((type) => context.affinity(type))),
    key === context.plainKey ? 1 : 0,
    ...likePlain(shape, context),
    plan === undefined ? 0 : isKnownFor(plan, context.neighbourhood),
  );
}
