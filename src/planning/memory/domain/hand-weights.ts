import { FEATURES } from './features.js';
import type { Weights } from './choice-model.js';
import type { Settings } from './settings.js';

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
  linkHabit: 0.5,
  baselineLinks: 0.3,
  fitSupport: 0,
  leastSupport: 0,
  planShareNear: 0,
  voteLogitsNear: 0,
  isBaselineFar: 0,
  wordLogits: 0,
  meanWords: 0,
  isPlain: 0,
  plainTypes: 0,
  plainLinks: 0,
  isKnownFor: 24,
};
/** What speaks by past plans, not by the words of the request. */
const BY_PLANS: ReadonlySet<string> = new Set([
  ...[
    'voteLogits',
    'votesLeftOut',
    'planShare',
    'isNovel',
    'flow',
    'ends',
    'meanVote',
    'leastVote',
    'precedence',
  ],
  ...['stepCoverage', 'stepSupport'],
]);

/**
 * `plans`: how many are remembered; the fewer, the less they say and the more the plan without memory counts, but where the
 * request is like a past one.
 */
export function handWeights(plans: number, { halfTrusted, caution }: Settings): Weights {
  const trust = plans / (plans + halfTrusted);
  return Float64Array.from(FEATURES, (name) => {
    if (BY_PLANS.has(name)) return BY_HAND[name] * trust;
    return BY_HAND[name] + (name === 'isBaseline' || name === 'isPlain' ? caution * (1 - trust) ** 2 : 0);
  });
}
