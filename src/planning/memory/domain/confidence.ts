import { type Choice, fitChoices, type Weights } from './choice-model.js';

/** Signals of one answer, and whether it was right. */
export interface Trial {
  readonly signals: Float64Array;
  readonly isRight: boolean;
}

/** Turns signals into a chance of being right, and says from where on that is enough. */
export interface Calibration {
  readonly weights: Weights;
  /** null: never enough. */
  readonly threshold: number | null;
  /** Share of trials above the threshold, and how many of them were right. */
  readonly coverage: number;
  readonly precision: number;
}

const PENALTY = 1;
/** One-sided 95 %. */
const Z = 1.645;
/** Fewer say nothing. */
const MIN_TRIALS = 20;

const sigmoid = (value: number): number => 1 / (1 + Math.exp(-value));

/** The chance that an answer with these signals is right. */
export const chanceOf = (signals: Float64Array, weights: Weights): number =>
  sigmoid(signals.reduce((sum, signal, at) => sum + signal * (weights[at] as number), 0));

/** Lower bound of a share by Wilson (1927). */
export function wilsonLowerBound(right: number, all: number): number {
  if (all === 0) return 0;
  const share = right / all;
  const spread = Z * Math.sqrt((share * (1 - share)) / all + (Z * Z) / (4 * all * all));
  return (share + (Z * Z) / (2 * all) - spread) / (1 + (Z * Z) / all);
}

/** Fits the chance by logistic regression: a choice between right and wrong. */
function* fitChance(trials: readonly Trial[]): Generator<void, Weights> {
  const size = trials[0]?.signals.length ?? 0;
  const nothing = new Float64Array(size);
  const choices: Choice[] = trials.map(({ signals, isRight }) => ({
    offered: [signals, nothing],
    wanted: isRight ? [1, 0] : [0, 1],
  }));
  return yield* fitChoices(choices, nothing, PENALTY);
}

/**
 * Calibrates on trials of one half and looks for the lowest threshold on the other and back, so that no trial judges
 * itself: the lower bound of the precision above it is at least `target`.
 */
export function* calibrate(trials: readonly Trial[], target: number): Generator<void, Calibration> {
  const weights = yield* fitChance(trials);
  const halves = [trials.filter((_, at) => at % 2 === 0), trials.filter((_, at) => at % 2 === 1)] as const;
  const judged: { chance: number; isRight: boolean }[] = [];
  for (const [half, other] of [halves, [halves[1], halves[0]]] as const) {
    const fitted = yield* fitChance(half);
    for (const { signals, isRight } of other) judged.push({ chance: chanceOf(signals, fitted), isRight });
  }
  judged.sort((a, b) => b.chance - a.chance);
  let found = { threshold: null as number | null, coverage: 0, precision: 0 };
  let right = 0;
  for (const [at, { chance, isRight }] of judged.entries()) {
    if (isRight) right += 1;
    // Answers that are equally sure are on the same side of every threshold.
    if (judged[at + 1]?.chance === chance) continue;
    const all = at + 1;
    if (all < MIN_TRIALS || wilsonLowerBound(right, all) < target) continue;
    found = { threshold: chance, coverage: all / judged.length, precision: right / all };
  }
  return { weights, ...found };
}
