import type { Neighbourhood } from './neighbours.js';
import { Neighbours } from './neighbours.js';
import type { Baseline } from './remembered-plan.js';
import { Votes } from './votes.js';

/** Everything that is known of one request before plans for it are compared. */
export interface MemoryContext {
  readonly baseline: Baseline;
  readonly votes: Votes;
  readonly neighbourhood: Neighbourhood;
  /** Of each clause: how well each task type fits its words, 0 to 1. */
  readonly fits: readonly ReadonlyMap<string, number>[];
  /** Of each clause: how much past steps speak for each task type, 0 to 1. */
  readonly steps: readonly ReadonlyMap<string, number>[];
}

export function contextOf(request: string, baseline: Baseline, memory: Neighbours): MemoryContext {
  const neighbourhood = memory.of(request);
  return {
    baseline,
    neighbourhood,
    votes: new Votes(neighbourhood.neighbours),
    fits: baseline.clauses.map(({ candidates }) => {
      const best = candidates[0]?.score ?? 1;
      return new Map(candidates.map(({ taskType, score }) => [taskType, score / best]));
    }),
    steps: baseline.clauses.map(({ text }) => memory.stepVotes(text)),
  };
}

/** The most that any clause says for a task type. */
export function support(type: string, clauses: readonly ReadonlyMap<string, number>[]): number {
  return clauses.reduce((most, clause) => Math.max(most, clause.get(type) ?? 0), 0);
}

/** The first clause that speaks most for a task type; null: none does. */
export function positionOf(type: string, { fits, steps }: MemoryContext): number | null {
  let [position, most]: [number | null, number] = [null, 0];
  fits.forEach((fit, at) => {
    const says = (fit.get(type) ?? 0) + (steps[at]?.get(type) ?? 0);
    if (says > most + 1e-9) [position, most] = [at, says];
  });
  return position;
}
