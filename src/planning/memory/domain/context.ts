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
  /** Of task types: the first clause that speaks most for it; missing: none does. */
  readonly positions: ReadonlyMap<string, number>;
}

export function contextOf(request: string, baseline: Baseline, memory: Neighbours): MemoryContext {
  const neighbourhood = memory.of(request);
  const fits = baseline.clauses.map(({ candidates }) => {
    const best = candidates[0]?.score ?? 1;
    return new Map(candidates.map(({ taskType, score }) => [taskType, score / best]));
  });
  const steps = baseline.clauses.map(({ text }) => memory.stepVotes(text));
  const votes = new Votes(neighbourhood.neighbours);
  return { baseline, neighbourhood, votes, fits, steps, positions: positionsOf(fits, steps) };
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
