import type { CatalogueIndex } from './catalogue-index.js';
import type { RankedClause } from './rank.js';

/** The best way to one candidate of a clause. */
interface Path {
  readonly type: number;
  readonly total: number;
  readonly from: Path | null;
}

/** What can be taken from where: kinds of literals in the request. */
type Kinds = ReadonlySet<string>;

/** Everything can be taken as text: the request itself is. */
const TEXT = 'text';

/** How well a task type follows another: by the kinds of data it takes. */
function fit(
  type: number,
  previous: number | null,
  given: Kinds,
  { types, weights }: CatalogueIndex,
): number {
  if (type === previous) return weights.repeated;
  const takes = types[type]?.takes ?? [];
  const gives = previous === null ? [] : (types[previous]?.gives ?? []);
  if (takes.some((kind) => gives.includes(kind))) return weights.fitsPrevious;
  return takes.every((kind) => kind === TEXT || given.has(kind)) ? 1 : weights.infeasible;
}

function bestPath(
  type: number,
  score: number,
  before: readonly Path[],
  step: (previous: number | null) => number,
): Path {
  let best: Path = { type, total: score * step(null), from: null };
  let isFirst = true;
  for (const from of before) {
    const total = from.total + score * step(from.type);
    if (isFirst || total > best.total + 1e-9) best = { type, total, from };
    isFirst = false;
  }
  return best;
}

/**
 * One task type per clause, so that all together score most and each can feed the next (Viterbi). Indexes into the types;
 * null: the clause has no candidate. `given`: kinds of data the request itself brings.
 */
export function chooseTypes(
  ranked: readonly RankedClause[],
  given: Kinds,
  index: CatalogueIndex,
): readonly (number | null)[] {
  let paths: readonly Path[] = [];
  for (const { candidates } of ranked)
    if (candidates.length > 0) {
      const before = paths;
      paths = candidates.map(({ type, score }) =>
        bestPath(type, score, before, (previous) => fit(type, previous, given, index)),
      );
    }
  let path = paths.reduce<Path | null>(
    (best, one) => (best === null || one.total > best.total + 1e-9 ? one : best),
    null,
  );
  const chosen = [...ranked].reverse().map(({ candidates }) => {
    if (candidates.length === 0 || path === null) return null;
    const { type } = path;
    path = path.from;
    return type;
  });
  return chosen.reverse();
}
