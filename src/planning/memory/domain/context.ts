import { BaselineLinks, type LinkHabits } from './link-habits.js';
import type { Neighbourhood, Neighbours } from './neighbours.js';
import { type Baseline, type PlanShape, shapeKey } from './remembered-plan.js';
import type { Settings } from './settings.js';
import { requestTerms } from './request-terms.js';
import type { TypeWords } from './type-words.js';
import { Votes } from './votes.js';

/** Everything that is known of one request before plans for it are compared. */
export interface MemoryContext {
  readonly settings: Settings;
  readonly baseline: Baseline;
  readonly plain: PlanShape;
  readonly plainKey: string;
  readonly baselineKey: string;
  readonly baselineLinks: BaselineLinks;
  readonly habits: LinkHabits;
  /** How well the words of the request go with a task type. */
  affinity(type: string): number;
  readonly votes: Votes;
  readonly neighbourhood: Neighbourhood;
  /** Of each clause: how well each task type fits its words, 0 to 1. */
  readonly fits: readonly ReadonlyMap<string, number>[];
  /** Of each clause: how much past steps speak for each task type, 0 to 1. */
  readonly steps: readonly ReadonlyMap<string, number>[];
  /** Of task types: the first clause that speaks most for it; missing: none does. */
  readonly positions: ReadonlyMap<string, number>;
}

/** Plans for a request without memory: as rules make it, and as they make it with words that plans taught. */
export interface Baselines {
  readonly plain: PlanShape;
  readonly taught: Baseline;
}

/** What is searched for a request. */
export interface Library {
  readonly typeWords: TypeWords;
  readonly neighbours: Neighbours;
  readonly habits: LinkHabits;
  readonly settings: Settings;
}

export function contextOf(
  request: string,
  { plain, taught: baseline }: Baselines,
  library: Library,
): MemoryContext {
  const { neighbours: memory, habits, settings } = library;
  const neighbourhood = memory.of(request);
  const fits = baseline.clauses.map(({ candidates }) => {
    const best = candidates.reduce((most, { score }) => Math.max(most, score), 0) || 1;
    return new Map(candidates.map(({ taskType, score }) => [taskType, score / best]));
  });
  const steps = baseline.clauses.map(({ text }) => memory.stepVotes(text));
  const terms = new Set(requestTerms(request).stems);
  const known = new Map<string, number>();
  const affinity = (type: string): number => {
    const value = known.get(type) ?? library.typeWords.affinity(type, terms);
    known.set(type, value);
    return value;
  };
  const votes = new Votes(neighbourhood.neighbours, settings.rejected);
  return {
    ...{
      settings,
      plain,
      plainKey: shapeKey(plain),
      baseline,
      baselineKey: shapeKey(baseline),
      baselineLinks: new BaselineLinks(baseline),
      habits,
      affinity,
    },
    ...{ neighbourhood, votes, fits, steps, positions: positionsOf(fits, steps) },
  };
}

/** The most that any clause says for a task type. */
export function support(type: string, clauses: readonly ReadonlyMap<string, number>[]): number {
  return clauses.reduce((most, clause) => Math.max(most, clause.get(type) ?? 0), 0);
}

function positionsOf(
  fits: readonly ReadonlyMap<string, number>[],
  steps: readonly ReadonlyMap<string, number>[],
): Map<string, number> {
  const most = new Map<string, number>();
  const positions = new Map<string, number>();
  for (const [at, fit] of fits.entries()) {
    const step = steps[at] ?? new Map<string, number>();
    for (const type of new Set([...fit.keys(), ...step.keys()])) {
      const says = (fit.get(type) ?? 0) + (step.get(type) ?? 0);
      if (says <= (most.get(type) ?? 0) + 1e-9) continue;
      most.set(type, says);
      positions.set(type, at);
    }
  }
  return positions;
}
