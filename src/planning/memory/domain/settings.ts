/**
 * What plan memory goes by: one set for every catalogue, tuned on several at once. Shares are of 1; counts are of plans
 * unless said otherwise.
 */
export const SETTINGS = {
  /** BM25 over past requests; pairs of words next to single ones. */
  saturation: 1.2,
  lengthNorm: 0.6,
  pairWeight: 0.5,
  neighbours: 30,
  stepNeighbours: 12,
  /** How much faster than its similarity the vote of a neighbour falls. */
  votePower: 4,
  stepVotePower: 4,
  /** What a rejected plan takes away of what accepted ones gave. */
  rejected: 0.5,
  /** Words of past steps next to those of a description: with very many plans, with few; half way with so many. */
  learnedWords: 0.6,
  learnedWordsFew: 0.25,
  wordsHalfTrusted: 500,
  /** Task types whose subsets are plans to compare; the largest subset; all plans to compare. */
  bestTypes: 8,
  subset: 4,
  candidates: 150,
  compared: 40,
  inBaseline: 0.25,
  stepSupport: 0.35,
  /** What the order of clauses counts next to that of past plans. */
  clauseOrder: 0.7,
  /** What is thought of a link before plans tell: observations, and chances. */
  linkPrior: 4,
  /** With fewer, weights stay as they were set by hand. */
  fitFrom: 100,
  folds: 3,
  fitted: 900,
  /** L2 towards the weights set by hand: falls from few to many plans. */
  penaltySmall: 30,
  penaltyLarge: 4,
  /** With so many plans they count half of what they count with very many. */
  halfTrusted: 100,
  /** What being the plan without memory counts where there are no plans, or none for a request like this one. */
  caution: 8,
} as const;

export type Settings = { readonly [Name in keyof typeof SETTINGS]: number };
