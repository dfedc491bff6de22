import type { RememberedPlan } from './remembered-plan.js';
import { RequestIndex, type WeightedTerms } from './request-index.js';
import { MAX_CHARACTERS, requestTerms, stepTerms } from './request-terms.js';
import type { Settings } from './settings.js';

export interface Neighbour {
  readonly plan: RememberedPlan;
  /** (similarity / best similarity)⁴ */
  readonly weight: number;
  /** No word differs. */
  readonly isSame: boolean;
}

export interface Neighbourhood {
  /** Best first. */
  readonly neighbours: readonly Neighbour[];
  /** Similarity of the best to the request, as a share of that of the request to itself: 0 to 1. */
  readonly similarity: number;
}

interface Found {
  readonly at: number;
  readonly weight: number;
}

/** The best documents of a ranking, ties by their order. */
function best(scores: Float64Array, count: number, power: number): readonly Found[] {
  const found: { at: number; score: number }[] = [];
  // Below the least of the best so far nothing is kept; the list is cut now and then.
  let least = 0;
  const cut = (): void => {
    found.sort((a, b) => b.score - a.score || a.at - b.at);
    found.length = Math.min(found.length, count);
    if (found.length === count) least = found[count - 1]?.score ?? 0;
  };
  for (const [at, score] of scores.entries()) {
    if (score <= least) continue;
    found.push({ at, score });
    if (found.length > 4 * count) cut();
  }
  cut();
  const top = found[0]?.score ?? 1;
  return found.map(({ at, score }) => ({ at, weight: (score / top) ** power }));
}

const unique = (terms: readonly string[], weight: number): WeightedTerms =>
  [...new Set(terms)].map((term) => [term, weight] as const);
const all = (terms: readonly string[], weight: number): WeightedTerms =>
  terms.map((term) => [term, weight] as const);

/** Signs and capitals make no difference. */
const wordsIn = (request: string): string =>
  request
    .slice(0, MAX_CHARACTERS)
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

/** Past requests and past steps, to be searched for those that are like new ones. */
export class Neighbours {
  private readonly requests: RequestIndex;
  private readonly steps: RequestIndex;
  private readonly stepTypes: readonly string[];

  constructor(
    private readonly plans: readonly RememberedPlan[],
    private readonly settings: Settings,
  ) {
    this.requests = new RequestIndex(
      plans.map(({ request }) => this.termsOf(request, all)),
      settings,
    );
    const steps = plans.filter(({ isAccepted }) => isAccepted).flatMap((plan) => plan.steps);
    this.stepTypes = steps.map(({ taskType }) => taskType);
    this.steps = new RequestIndex(
      steps.map(({ text, taskType }) => all(stepTerms(text, taskType), 1)),
      settings,
    );
  }

  /** The past requests that are most like this one. */
  of(request: string): Neighbourhood {
    const query = this.termsOf(request, unique);
    const scores = this.requests.score(query);
    const { neighbours, votePower } = this.settings;
    const found = best(scores, neighbours, votePower);
    const most = this.requests.most(query);
    const words = wordsIn(request);
    const top = found[0] === undefined ? 0 : (scores[found[0].at] as number);
    return {
      neighbours: found.map(({ at, weight }) => {
        const plan = this.plans[at] as RememberedPlan;
        return { plan, weight, isSame: wordsIn(plan.request) === words };
      }),
      similarity: most === 0 ? 0 : Math.min(1, top / most),
    };
  }

  /** How much past steps speak for each task type to do what a clause says: shares of 1. */
  stepVotes(clause: string): ReadonlyMap<string, number> {
    const { stepNeighbours, stepVotePower } = this.settings;
    const scores = this.steps.score(unique(stepTerms(clause, ''), 1));
    const found = best(scores, stepNeighbours, stepVotePower);
    const total = found.reduce((sum, { weight }) => sum + weight, 0);
    const votes = new Map<string, number>();
    for (const { at, weight } of found) {
      const type = this.stepTypes[at] as string;
      votes.set(type, (votes.get(type) ?? 0) + weight / total);
    }
    return votes;
  }

  private termsOf(request: string, weigh: typeof all): WeightedTerms {
    const { pairWeight } = this.settings;
    const { stems, pairs } = requestTerms(request);
    return [...weigh(stems, 1), ...weigh(pairs, pairWeight)];
  }
}
