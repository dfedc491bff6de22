import { candidatesFor } from './candidates.js';
import { type Choice, fitChoices, probabilities, scoreOf, type Weights } from './choice-model.js';
import { type Calibration, calibrate, chanceOf, type Trial } from './confidence.js';
import { contextOf, type MemoryContext } from './context.js';
import { featuresOf } from './features.js';
import { handWeights } from './hand-weights.js';
import { learnedWords } from './learned-words.js';
import { Neighbours } from './neighbours.js';
import { qualityOf } from './quality.js';
import { type Baseline, type PlanShape, type RememberedPlan, shapeKey } from './remembered-plan.js';

/** At most these are kept: a question takes time with each. */
export const MAX_PLANS = 5_000;
/** So that nobody alone teaches it. */
export const MAX_PLANS_OF_ONE = 1_000;
/** With fewer weights stay as they were set by hand. */
const FIT_FROM = 100;
/** With fewer nothing is sure enough to go without a model. */
const CONFIDENT_FROM = 500;
const LARGE = 3_000;
/** Share of the plans that are held back to fit with, and how many at most. */
const HELD_BACK = 0.3;
const MAX_FITTED = 900;
const PENALTY = { small: 30, large: 4 } as const;

/** A plan for a request, with the chance that it is right as far as that is known. */
export interface MemoryPlan extends PlanShape {
  readonly chance: number | null;
}

export interface MemoryAnswer {
  /** Best first, at most three; the first is the plan. */
  readonly plans: readonly MemoryPlan[];
  /** Sure enough to be used without asking a model. */
  readonly isConfident: boolean;
  /** Task types by how likely they are needed. */
  readonly types: ReadonlyMap<string, number>;
}

export interface MemoryFacts {
  /** Plans that are remembered, and those of them that were accepted. */
  readonly size: number;
  readonly accepted: number;
  readonly threshold: number | null;
  /** By the calibration: the share of requests it would be sure of, and of these the share that is right. */
  readonly coverage: number;
  readonly precision: number;
}

/** Makes a plan of the words of a request and of what words were used for task types before. */
export type PlanWithoutMemory = (request: string) => Baseline;
export type LearnedWords = ReadonlyMap<string, ReadonlyMap<string, number>>;

/** A number of a text that is spread evenly (FNV-1a), 0 to 1. */
function spread(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193) >>> 0;
  return hash / 2 ** 32;
}

/** The newest, not too many of one author, none with a task type that is gone; oldest first. */
function kept(plans: readonly RememberedPlan[], knows: (taskType: string) => boolean): RememberedPlan[] {
  const counts = new Map<string, number>();
  const found: RememberedPlan[] = [];
  for (const plan of [...plans].sort((a, b) => (a.id < b.id ? 1 : -1))) {
    if (found.length === MAX_PLANS) break;
    const count = plan.author === null ? 0 : (counts.get(plan.author) ?? 0);
    if (count === MAX_PLANS_OF_ONE || plan.taskTypes.length === 0 || !plan.taskTypes.every(knows)) continue;
    if (plan.author !== null) counts.set(plan.author, count + 1);
    found.push(plan);
  }
  return found.reverse();
}

/** One request with all that is compared for it. */
interface Compared {
  readonly context: MemoryContext;
  readonly shapes: readonly PlanShape[];
  readonly features: readonly Float64Array[];
}

/** What is not among the best so many by the weights set by hand is out of the question. */
const MAX_COMPARED = 40;

function compared(request: string, baseline: Baseline, memory: Neighbours, byHand: Weights): Compared {
  const context = contextOf(request, baseline, memory);
  const all = candidatesFor(context).map((shape) => {
    const features = featuresOf(shape, context);
    return { shape, features, score: scoreOf(features, byHand) };
  });
  const likely = all.sort((a, b) => b.score - a.score).slice(0, MAX_COMPARED);
  return {
    context,
    shapes: likely.map(({ shape }) => shape),
    features: likely.map(({ features }) => features),
  };
}

/** What speaks for an answer beside its chance among the others. The first is constant. */
function signalsOf({ context, shapes }: Compared, chances: readonly number[], winner: number): Float64Array {
  const shape = shapes[winner] as PlanShape;
  const plan = context.votes.plans.get(shapeKey(shape));
  const chance = chances[winner] as number;
  const second = Math.max(0, ...chances.filter((_, at) => at !== winner));
  return Float64Array.of(
    1,
    Math.log((chance + 0.001) / (1 - chance + 0.001)),
    chance - second,
    Math.max(0, plan?.share ?? 0),
    context.neighbourhood.similarity,
    Math.log(1 + (plan?.count ?? 0)),
    qualityOf(context.baseline, shape).score / 2,
    shape.taskTypes.length,
  );
}

const winnerOf = (chances: readonly number[]): number =>
  chances.reduce((best, chance, at) => (chance > (chances[best] as number) + 1e-9 ? at : best), 0);

interface Parts {
  readonly plans: readonly RememberedPlan[];
  readonly neighbours: Neighbours;
  readonly planWithout: PlanWithoutMemory;
  readonly words: LearnedWords;
  readonly byHand: Weights;
  readonly weights: Weights;
  readonly calibration: Calibration | null;
}

/** Approved plans that ran well, and what they teach about new requests. Built once; deterministic. */
export class PlanMemory {
  private constructor(private readonly parts: Parts) {}

  /** Learns from plans; yields often, so that whoever builds can do something else between. */
  static *build(
    remembered: readonly RememberedPlan[],
    knows: (taskType: string) => boolean,
    plannerWith: (learned: LearnedWords) => PlanWithoutMemory,
  ): Generator<void, PlanMemory> {
    const plans = kept(remembered, knows);
    const accepted = plans.filter(({ isAccepted }) => isAccepted);
    const prior = handWeights(accepted.length);
    let [weights, calibration]: [Weights, Calibration | null] = [prior, null];
    if (accepted.length >= FIT_FROM) {
      const held = accepted.filter(({ id }) => spread(id) < HELD_BACK).slice(-MAX_FITTED);
      const ids = new Set(held.map(({ id }) => id));
      const others = plans.filter(({ id }) => !ids.has(id));
      const rest = new Neighbours(others);
      const planWithout = plannerWith(learnedWords(others));
      const asked: { compared: Compared; plan: RememberedPlan }[] = [];
      for (const plan of held) {
        asked.push({ compared: compared(plan.request, planWithout(plan.request), rest, prior), plan });
        yield;
      }
      const penalty = accepted.length >= LARGE ? PENALTY.large : PENALTY.small;
      const choices = asked.map(({ compared: all, plan }) => toChoice(all, plan));
      weights = yield* fitChoices(choices, prior, penalty);
      if (accepted.length >= CONFIDENT_FROM) {
        const trials = yield* trialsOf(asked, choices, prior, penalty);
        calibration = yield* calibrate(trials, accepted.length >= LARGE ? 0.9 : 0.93);
      }
    }
    const words = learnedWords(plans);
    const planWithout = plannerWith(words);
    return new PlanMemory({
      plans,
      neighbours: new Neighbours(plans),
      planWithout,
      words,
      byHand: prior,
      weights,
      calibration,
    });
  }

  /** What words were used for which task types. */
  get words(): LearnedWords {
    return this.parts.words;
  }

  get facts(): MemoryFacts {
    const { threshold = null, coverage = 0, precision = 0 } = this.parts.calibration ?? {};
    const accepted = this.parts.plans.filter(({ isAccepted }) => isAccepted).length;
    return { size: this.parts.plans.length, accepted, threshold, coverage, precision };
  }

  /** The best plans for a request, by what was accepted before. Without any candidate: no plans. */
  ask(request: string): MemoryAnswer {
    const { planWithout, neighbours, byHand, weights } = this.parts;
    const all = compared(request, planWithout(request), neighbours, byHand);
    const { shapes, features, context } = all;
    if (shapes.length === 0) return { plans: [], isConfident: false, types: context.votes.types };
    const chances = probabilities(features, weights);
    const winner = winnerOf(chances);
    const { weights: chance = null, threshold = null } = this.parts.calibration ?? {};
    const sure = chance === null ? null : chanceOf(signalsOf(all, chances, winner), chance);
    const others = shapes.map((_, at) => at).filter((at) => at !== winner);
    others.sort((a, b) => (chances[b] as number) - (chances[a] as number) || a - b);
    const plans = [winner, ...others.slice(0, 2)].map((at) => ({
      ...(shapes[at] as PlanShape),
      chance:
        sure === null
          ? null
          : at === winner
            ? sure
            : ((1 - sure) * (chances[at] as number)) / (1 - (chances[winner] as number) + 1e-9),
    }));
    return {
      plans,
      isConfident: sure !== null && threshold !== null && sure >= threshold,
      types: context.votes.types,
    };
  }
}

function toChoice({ shapes, features }: Compared, plan: PlanShape): Choice {
  const scores = shapes.map((shape) => qualityOf(plan, shape).score);
  return { offered: features, right: scores.indexOf(Math.max(...scores)) };
}

/** Answers of one half with the weights of the other, so that none was fitted on. */
function* trialsOf(
  asked: readonly { readonly compared: Compared; readonly plan: PlanShape }[],
  choices: readonly Choice[],
  prior: Weights,
  penalty: number,
): Generator<void, Trial[]> {
  const trials: Trial[] = [];
  for (const half of [0, 1]) {
    const weights = yield* fitChoices(
      choices.filter((_, at) => at % 2 === half),
      prior,
      penalty,
    );
    for (const [at, { compared: all, plan }] of asked.entries()) {
      if (at % 2 === half) continue;
      const chances = probabilities(all.features, weights);
      const winner = winnerOf(chances);
      const { isExact } = qualityOf(plan, all.shapes[winner] as PlanShape);
      trials.push({ signals: signalsOf(all, chances, winner), isRight: isExact });
    }
  }
  return trials;
}
