import type { CatalogueIndex } from './catalogue-index.js';
import type { IndexedType } from './indexed-type.js';
import type { Ranked } from './rank.js';

interface State {
  readonly type: number;
  readonly total: number;
  readonly from: State | null;
}

/** How well a task type follows another: by the kinds of data they take and give. */
function fit(type: IndexedType, previous: IndexedType | null, given: ReadonlySet<string>, { weights }: CatalogueIndex): number {
  if (type === previous) return weights.repeated;
  const takes = type.takes.filter((kind) => kind !== 'text');
  if (previous !== null && type.takes.some((kind) => previous.gives.includes(kind))) return weights.fitsPrevious;
  if (takes.length === 0 || takes.every((kind) => given.has(kind))) return 1;
  return weights.infeasible;
}

/**
 * One task type per clause, so that all of them together score most (Viterbi): each feeds the next where kinds are known.
 * Index into the types; null: the clause has no candidate.
 */
export function chooseTypes(ranked: readonly Ranked[], given: readonly ReadonlySet<string>[], index: CatalogueIndex): readonly (number | null)[] {
  let states: readonly State[] = [{ type: -1, total: 0, from: null }];
  const chosen: (number | null)[] = [];
  for (const [at, { candidates }] of ranked.entries()) {
    if (candidates.length === 0) continue;
    states = candidates.map(({ type, score }) => {
      let best: State | null = null;
      for (const from of states) {
        const previous = index.types[from.type] ?? null;
        const total = from.total + score * fit(index.types[type] as IndexedType, previous, given[at] as ReadonlySet<string>, index);
        if (best === null || total > best.total + 1e-9) best = { type, total, from };
      }
      return best as State;
    });
  }
  let state: State | null = states.reduce((best, one) => (one.total > best.total + 1e-9 ? one : best));
  for (const { candidates } of [...ranked].reverse()) {
    if (candidates.length === 0 || state === null) chosen.push(null);
    else {
      chosen.push(state.type);
      state = state.from;
    }
  }
  return chosen.reverse();
}
