/** One choice that was made: what was offered, in numbers, and how likely each should be: shares of 1. */
export interface Choice {
  readonly offered: readonly Float64Array[];
  readonly wanted: readonly number[];
}

/** Weights of a linear score over features. */
export type Weights = Float64Array;

export function scoreOf(features: Float64Array, weights: Weights): number {
  let sum = 0;
  for (let at = 0; at < weights.length; at += 1) sum += (features[at] as number) * (weights[at] as number);
  return sum;
}

/** Turns scores into probabilities where they are: softmax. */
function softmax(scores: Float64Array): Float64Array {
  let most = -Infinity;
  for (const score of scores) most = Math.max(most, score);
  let total = 0;
  for (let at = 0; at < scores.length; at += 1) {
    scores[at] = Math.exp((scores[at] as number) - most);
    total += scores[at] as number;
  }
  for (let at = 0; at < scores.length; at += 1) scores[at] = (scores[at] as number) / total;
  return scores;
}

/** Probabilities of what is offered: softmax of the scores. */
export const probabilities = (offered: readonly Float64Array[], weights: Weights): readonly number[] => [
  ...softmax(Float64Array.from(offered, (features) => scoreOf(features, weights))),
];

/** Chances that differ in their last bits only are equal. */
const rounded = (chance: number): number => Math.round(chance * 1e9) / 1e9;

/** Indexes, the likeliest first, equally likely ones in their order. */
export const byChance = (chances: readonly number[]): readonly number[] =>
  [...chances.keys()].sort((a, b) => rounded(chances[b] as number) - rounded(chances[a] as number) || a - b);

const ITERATIONS = 120;
const RATE = 0.08;

/** Spread of each feature within choices, so that none counts more for its unit. */
function scalesOf(choices: readonly Choice[], size: number): Float64Array {
  const scales = new Float64Array(size);
  for (const { offered } of choices)
    for (let at = 0; at < size; at += 1) {
      let [sum, squares] = [0, 0];
      for (const features of offered) {
        sum += features[at] as number;
        squares += (features[at] as number) ** 2;
      }
      const mean = sum / offered.length;
      scales[at] = (scales[at] as number) + Math.max(0, squares / offered.length - mean * mean);
    }
  return scales.map((sum) => {
    const scale = Math.sqrt(sum / choices.length);
    return scale < 1e-6 ? 1 : scale;
  });
}

/** Adam (Kingma and Ba 2015). */
class Descent {
  private readonly first: Float64Array;
  private readonly second: Float64Array;
  private steps = 0;

  constructor(readonly weights: Float64Array) {
    this.first = new Float64Array(weights.length);
    this.second = new Float64Array(weights.length);
  }

  step(gradient: Float64Array): void {
    this.steps += 1;
    for (const [at, slope] of gradient.entries()) {
      const first = 0.9 * (this.first[at] as number) + 0.1 * slope;
      const second = 0.999 * (this.second[at] as number) + 0.001 * slope * slope;
      [this.first[at], this.second[at]] = [first, second];
      const move = first / (1 - 0.9 ** this.steps);
      const size = Math.sqrt(second / (1 - 0.999 ** this.steps)) + 1e-8;
      this.weights[at] = (this.weights[at] as number) - (RATE * move) / size;
    }
  }
}

/**
 * Fits a conditional (multinomial) logit model (McFadden 1974) with an L2 penalty towards `prior`. Deterministic; yields
 * after every iteration. Without choices: `prior`.
 */
export function* fitChoices(
  choices: readonly Choice[],
  prior: Weights,
  penalty: number,
): Generator<void, Weights> {
  if (choices.length === 0) return prior;
  const scales = scalesOf(choices, prior.length);
  const scaled = choices.map(({ offered, wanted }) => ({
    wanted,
    offered: offered.map((features) => features.map((value, at) => value / (scales[at] as number))),
  }));
  const start = prior.map((weight, at) => weight * (scales[at] as number));
  const descent = new Descent(Float64Array.from(start));
  for (let step = 0; step < ITERATIONS; step += 1) {
    const gradient = gradientOf(scaled, descent.weights);
    for (let at = 0; at < start.length; at += 1) {
      const away = (descent.weights[at] as number) - (start[at] as number);
      gradient[at] = (gradient[at] as number) + (penalty / choices.length) * away;
    }
    descent.step(gradient);
    yield;
  }
  return descent.weights.map((weight, at) => weight / (scales[at] as number));
}

/** Of the mean negative log likelihood. */
function gradientOf(choices: readonly Choice[], weights: Weights): Float64Array {
  const gradient = new Float64Array(weights.length);
  for (const { offered, wanted } of choices) {
    const chances = softmax(Float64Array.from(offered, (features) => scoreOf(features, weights)));
    for (const [which, features] of offered.entries()) {
      const error = ((chances[which] as number) - (wanted[which] as number)) / choices.length;
      for (let at = 0; at < gradient.length; at += 1)
        gradient[at] = (gradient[at] as number) + error * (features[at] as number);
    }
  }
  return gradient;
}
