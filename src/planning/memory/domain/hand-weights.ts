import { FEATURES } from './features.js';
import type { Weights } from './choice-model.js';

/** What each feature counts before anything was learned; where enough plans are, what they teach is fitted from here. */
const BY_HAND: Readonly<Record<(typeof FEATURES)[number], number>> = {
  voteLogits: 0.35,
  votesLeftOut: -1,
  inBaseline: 0.5,
  notInBaseline: -0.4,
  baselineLeftOut: -0.5,
  planShare: 0.5,
  isNovel: -0.2,
  flow: 0.2,
  ends: 0.05,
  length: 0,
  lengthAgainstClauses: -0.2,
  clauseOrder: 0.5,
  clauseCoverage: 1.5,
  meanVote: 1,
  leastVote: 0.5,
  precedence: 0.2,
  stepCoverage: 1,
  stepSupport: 1,
  isBaseline: 0.6,
};
/** From here on plans say enough for themselves. */
const ENOUGH_PLANS = 100;
/** What being the plan without memory counts where there are few plans. */
const CAUTION = 6;

/** `plans`: how many are remembered; the fewer, the more the plan without memory counts. */
export function handWeights(plans: number): Weights {
  const caution = CAUTION * Math.max(0, 1 - plans / ENOUGH_PLANS);
  return Float64Array.from(FEATURES, (name) => BY_HAND[name] + (name === 'isBaseline' ? caution : 0));
}
