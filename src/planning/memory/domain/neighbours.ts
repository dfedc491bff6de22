import { Bm25 } from '../../rules/domain/bm25.js';
import type { RememberedPlan } from './remembered-plan.js';
import { requestTerms, stepTerms } from './request-terms.js';

const PAIR_WEIGHT = 0.5;
const NEIGHBOURS = 30;
const STEP_NEIGHBOURS = 12;
/** How much faster than its similarity the vote of a neighbour falls. */
const VOTE_POWER = 4;

export interface Neighbour {
  readonly plan: RememberedPlan;
  /** (similarity / best similarity)⁴ */
  readonly weight: number;
}

export interface Neighbourhood {
  /** Best first. */
  readonly neighbours: readonly Neighbour[];
  /** Similarity of the best to the request, as a share of that of the request to itself: 0 to 1. */
  readonly similarity: number;
}

/** The best documents of a ranking, ties by their order. */
function best(scores: Float64Array, count: number): { readonly at: number; readonly weight: number }[] {
  const found: { at: number; score: number }[] = [];
  scores.forEach((score, at) => {
    if (score > 0) found.push({ at, score });
  });
  found.sort((a, b) => b.score - a.score || a.at - b.at);
  const top = found[0]?.score ?? 1;
  return found.slice(0, count).map(({ at, score }) => ({ at, weight: (score / top) ** VOTE_POWER }));
}

const weighted = (terms: readonly string[], weight: number): [string, number][] =>
  terms.map((term) => [term, weight]);

/** Past requests and past steps, to be searched for those that are like new ones. */
export class Neighbours {
  private readonly requests: Bm25;
  private readonly steps: Bm25;
  private readonly stepTypes: readonly string[];

  constructor(private readonly plans: readonly RememberedPlan[]) {
    this.requests = new Bm25(
      plans.map(({ request }) => {
        const { stems, pairs } = requestTerms(request);
        return [
          { terms: stems, weight: 1 },
          { terms: pairs, weight: PAIR_WEIGHT },
        ];
      }),
    );
    const steps = plans.filter(({ isAccepted }) => isAccepted).flatMap((plan) => plan.steps);
    this.stepTypes = steps.map(({ taskType }) => taskType);
    this.steps = new Bm25(
      steps.map(({ text, taskType }) => [{ terms: stepTerms(text, taskType), weight: 1 }]),
    );
  }

  /** The past requests that are most like this one. */
  of(request: string): Neighbourhood {
    const { stems, pairs } = requestTerms(request);
    const query = new Map([...weighted(pairs, PAIR_WEIGHT), ...weighted(stems, 1)]);
    const scores = this.requests.score(query);
    const neighbours = best(scores, NEIGHBOURS).map(({ at, weight }) => ({
      plan: this.plans[at] as RememberedPlan,
      weight,
    }));
    const top = scores.reduce((most, score) => Math.max(most, score), 0);
    const own = [...query].reduce((sum, [term, weight]) => sum + (weight * this.requests.idf(term)) / 2.2, 0);
    return { neighbours, similarity: own === 0 ? 0 : Math.min(1, top / own) };
  }

  /** How much past steps speak for each task type to do what a clause says: shares of 1. */
  stepVotes(clause: string): ReadonlyMap<string, number> {
    const query = new Map(weighted(stepTerms(clause, ''), 1));
    const votes = new Map<string, number>();
    const found = best(this.steps.score(query), STEP_NEIGHBOURS);
    const total = found.reduce((sum, { weight }) => sum + weight, 0);
    for (const { at, weight } of found) {
      const type = this.stepTypes[at] as string;
      votes.set(type, (votes.get(type) ?? 0) + weight / total);
    }
    return votes;
  }
}
