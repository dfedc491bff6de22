/** One choice that was made: what was offered, in numbers, and which of it was right. */
export interface Choice {
  readonly offered: readonly Float64Array[];
  readonly right: number;
}

/** Weights of a linear score over features. */
export type Weights = Float64Array;

export const scoreOf = (features: Float64Array, weights: Weights): number =>
  features.reduce((sum, value, at) => sum + value * (weights[at] as number), 0);

/** Probabilities of what is offered: softmax of the scores. */
export function probabilities(offered: readonly Float64Array[], weights: Weights): number[] {
  const scores = offered.map((features) => scoreOf(features, weights));
  const most = scores.reduce((max, score) => Math.max(max, score), -Infinity);
  const powers = scores.map((score) => Math.exp(score - most));
  const total = powers.reduce((sum, power) => sum + power, 0);
  return powers.map((power) => power / total);
}

const ITERATIONS = 150;
const RATE = 0.08;

/** Spread of each feature within choices, so that none counts more for its unit. */
function scalesOf(choices: readonly Choice[], size: number): Float64Array {
  const scales = new Float64Array(size);
  let count = 0;
  for (const { offered } of choices) {
    for (let at = 0; at < size; at += 1) {
      const values = offered.map((features) => features[at] as number);
      const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
      scales[at] =
        (scales[at] as number) + values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
    }
    count += 1;
  }
  return scales.map((sum) => Math.sqrt(sum / Math.max(1, count)) || 1);
}

/**
 * Fits a conditional (multinomial) logit model (McFadden 1974) by Adam (Kingma and Ba 2015) with an L2 penalty towards
 * `prior`. Deterministic; yields after every iteration.
 */
export function* fitChoices(
  choices: readonly Choice[],
  prior: Weights,
  penalty: number,
): Generator<void, Weights> {
  if (choices.length === 0) return prior;
  const size = prior.length;
  const scales = scalesOf(choices, size);
  const scaled = choices.map(({ offered, right }) => ({
    right,
    offered: offered.map((features) => features.map((value, at) => value / (scales[at] as number))),
  }));
  const start = prior.map((weight, at) => weight * (scales[at] as number));
  const weights = Float64Array.from(start);
  const [first, second] = [new Float64Array(size), new Float64Array(size)];
  for (let step = 1; step <= ITERATIONS; step += 1) {
    const gradient = gradientOf(scaled, weights);
    for (let at = 0; at < size; at += 1) {
      const slope =
        (gradient[at] as number) +
        (penalty / choices.length) * ((weights[at] as number) - (start[at] as number));
      first[at] = 0.9 * (first[at] as number) + 0.1 * slope;
      second[at] = 0.999 * (second[at] as number) + 0.001 * slope * slope;
      const move = (first[at] as number) / (1 - 0.9 ** step);
      const size2 = (second[at] as number) / (1 - 0.999 ** step);
      weights[at] = (weights[at] as number) - (RATE * move) / (Math.sqrt(size2) + 1e-8);
    }
    yield;
  }
  return weights.map((weight, at) => weight / (scales[at] as number));
}

/** Of the mean negative log likelihood. */
function gradientOf(choices: readonly Choice[], weights: Weights): Float64Array {
  const gradient = new Float64Array(weights.length);
  for (const { offered, right } of choices) {
    const chances = probabilities(offered, weights);
    offered.forEach((features, which) => {
      const error = (chances[which] as number) - (which === right ? 1 : 0);
      for (let at = 0; at < gradient.length; at += 1)
        gradient[at] = (gradient[at] as number) + (error * (features[at] as number)) / choices.length;
    });
  }
  return gradient;
}
