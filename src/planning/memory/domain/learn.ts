import { byChance, type Choice, fitChoices, probabilities, type Weights } from './choice-model.js';
import { compare, type Comparison } from './compare.js';
import { type Calibration, calibrate, type Trial } from './confidence.js';
import type { Baselines, Library } from './context.js';
import { handWeights } from './hand-weights.js';
import { learnedWords } from './learned-words.js';
import { LinkHabits } from './link-habits.js';
import { Neighbours } from './neighbours.js';
import { qualityOf } from './quality.js';
import type { Baseline, PlanShape, RememberedPlan } from './remembered-plan.js';
import type { Settings } from './settings.js';
import { signalsOf } from './signals.js';
import { TypeWords } from './type-words.js';

/** Makes a plan of the words of a request and of what words were used for task types before. */
export type PlanWithoutMemory = (request: string) => Baseline;
export type LearnedWords = ReadonlyMap<string, ReadonlyMap<string, number>>;
export type PlannerWith = (learned: LearnedWords) => PlanWithoutMemory;

/** With fewer nothing is sure enough to go without a model. */
const CONFIDENT_FROM = 500;
const MANY = 3_000;

/** A past request as if it were new: what is compared for it without its own plan, and that plan. */
interface Asked {
  readonly comparison: Comparison;
  readonly plan: PlanShape;
}

/** The plans without memory and with words of it. */
export function baselinesWith(
  plannerWith: PlannerWith,
  learned: LearnedWords,
): (request: string) => Baselines {
  const [plain, taught] = [plannerWith(new Map()), plannerWith(learned)];
  return (request) => ({ plain: plain(request), taught: taught(request) });
}

export interface Learned {
  readonly weights: Weights;
  readonly calibration: Calibration | null;
}

export function libraryOf(plans: readonly RememberedPlan[], settings: Settings): Library {
  const accepted = plans.filter(({ isAccepted }) => isAccepted);
  return {
    neighbours: new Neighbours(plans, settings),
    habits: new LinkHabits(accepted, settings),
    typeWords: new TypeWords(accepted),
    settings,
  };
}

/** A number of a text that is spread evenly (FNV-1a), 0 to 1. */
function spread(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193) >>> 0;
  // What differs at the end of a text is not yet in the high bits.
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b) >>> 0;
  return ((hash ^ (hash >>> 13)) >>> 0) / 2 ** 32;
}

/** Asks for past requests with the plans of the other folds. */
export function* askPast(
  plans: readonly RememberedPlan[],
  plannerWith: PlannerWith,
  prior: Weights,
  settings: Settings,
): Generator<void, Asked[]> {
  const asked: Asked[] = [];
  const share = Math.ceil(settings.fitted / settings.folds);
  for (let fold = 0; fold < settings.folds; fold += 1) {
    const isIn = ({ id }: RememberedPlan) => Math.floor(spread(id) * settings.folds) === fold;
    const held = plans.filter((plan) => plan.isAccepted && isIn(plan)).slice(-share);
    const ids = new Set(held.map(({ id }) => id));
    const others = plans.filter(({ id }) => !ids.has(id));
    const library = libraryOf(others, settings);
    yield;
    const baselinesOf = baselinesWith(plannerWith, learnedWords(others, settings));
    for (const plan of held) {
      asked.push({ comparison: compare(plan.request, baselinesOf(plan.request), library, prior), plan });
      yield;
    }
  }
  return asked;
}

/** The best of what is compared was wanted, the first among equals. */
function toChoice({ comparison: { shapes, features }, plan }: Asked): Choice {
  const scores = shapes.map((shape) => qualityOf(plan, shape).score);
  const best = scores.indexOf(Math.max(...scores));
  return { offered: features, wanted: scores.map((_, at) => (at === best ? 1 : 0)) };
}

/** Answers of one half with the weights of the other, so that none was fitted on. */
function* trialsOf(
  asked: readonly Asked[],
  choices: readonly Choice[],
  prior: Weights,
  penalty: number,
): Generator<void, Trial[]> {
  const trials: Trial[] = [];
  for (const half of [0, 1]) {
    const mine = choices.filter((_, at) => at % 2 === half);
    const weights = yield* fitChoices(mine, prior, penalty);
    for (const [at, { comparison, plan }] of asked.entries()) {
      if (at % 2 === half) continue;
      const chances = probabilities(comparison.features, weights);
      const [winner] = byChance(chances);
      if (winner === undefined) continue;
      const { isExact } = qualityOf(plan, comparison.shapes[winner] as PlanShape);
      trials.push({ signals: signalsOf(comparison, chances, winner), isRight: isExact });
    }
  }
  return trials;
}

/** What plans teach: the weights, and when an answer is sure. Yields often. */
export function* learn(
  plans: readonly RememberedPlan[],
  plannerWith: PlannerWith,
  settings: Settings,
): Generator<void, Learned> {
  const count = plans.filter(({ isAccepted }) => isAccepted).length;
  const prior = handWeights(count, settings);
  if (count < settings.fitFrom) return { weights: prior, calibration: null };
  const asked = (yield* askPast(plans, plannerWith, prior, settings)).filter(
    ({ comparison }) => comparison.shapes.length > 0,
  );
  const choices = asked.map(toChoice);
  const penalty = count >= MANY ? settings.penaltyLarge : settings.penaltySmall;
  const weights = yield* fitChoices(choices, prior, penalty);
  if (count < CONFIDENT_FROM) return { weights, calibration: null };
  const trials = yield* trialsOf(asked, choices, prior, penalty);
  return { weights, calibration: yield* calibrate(trials, count >= MANY ? 0.9 : 0.93) };
}
