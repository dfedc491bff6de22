import { byChance, probabilities } from './choice-model.js';
import { compare } from './compare.js';
import { chanceOf } from './confidence.js';
import type { Baselines, Library } from './context.js';
import { handWeights } from './hand-weights.js';
import { keptPlans } from './kept.js';
import {
  baselinesWith,
  learn,
  type Learned,
  type LearnedWords,
  libraryOf,
  type PlannerWith,
} from './learn.js';
import { learnedWords } from './learned-words.js';
import type { PlanShape, RememberedPlan } from './remembered-plan.js';
import { type Settings, SETTINGS } from './settings.js';
import { signalsOf } from './signals.js';

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

interface Parts extends Learned {
  readonly plans: readonly RememberedPlan[];
  readonly library: Library;
  readonly words: LearnedWords;
  readonly baselinesOf: (request: string) => Baselines;
}

const PLANS = 3;

/** Approved plans that ran well, and what they teach about new requests. Built once; deterministic. */
export class PlanMemory {
  private constructor(
    private readonly parts: Parts,
    private readonly settings: Settings,
  ) {}

  /** Learns from plans; yields often, so that whoever builds can do something else between. */
  static *build(
    remembered: readonly RememberedPlan[],
    knows: (taskType: string) => boolean,
    plannerWith: PlannerWith,
    settings: Settings = SETTINGS,
  ): Generator<void, PlanMemory> {
    const plans = keptPlans(remembered, knows);
    const learned = yield* learn(plans, plannerWith, settings);
    const words = learnedWords(plans, settings);
    const baselinesOf = baselinesWith(plannerWith, words);
    yield;
    return new PlanMemory(
      { ...learned, plans, words, library: libraryOf(plans, settings), baselinesOf },
      settings,
    );
  }

  /** What words were used for which task types. */
  get words(): LearnedWords {
    return this.parts.words;
  }

  get facts(): MemoryFacts {
    const { threshold = null, coverage = 0, precision = 0 } = this.parts.calibration ?? {};
    return { size: this.parts.plans.length, accepted: this.accepted, threshold, coverage, precision };
  }

  /** The best plans for a request, by what was accepted before. Without any candidate: no plans. */
  ask(request: string): MemoryAnswer {
    const { baselinesOf, library, weights, calibration } = this.parts;
    const prior = handWeights(this.accepted, this.settings);
    const comparison = compare(request, baselinesOf(request), library, prior);
    const { shapes, features, context } = comparison;
    const chances = probabilities(features, weights);
    const [winner, ...others] = byChance(chances);
    if (winner === undefined) return { plans: [], isConfident: false, types: context.votes.types };
    const sure =
      calibration === null ? null : chanceOf(signalsOf(comparison, chances, winner), calibration.weights);
    const rest = 1 - (chances[winner] as number) + 1e-9;
    const chanceAt = (at: number): number | null => {
      if (sure === null) return null;
      return at === winner ? sure : ((1 - sure) * (chances[at] as number)) / rest;
    };
    return {
      plans: [winner, ...others.slice(0, PLANS - 1)].map((at) => ({
        ...(shapes[at] as PlanShape),
        chance: chanceAt(at),
      })),
      isConfident: sure !== null && sure >= (calibration?.threshold ?? Infinity),
      types: context.votes.types,
    };
  }

  private get accepted(): number {
    return this.parts.plans.filter(({ isAccepted }) => isAccepted).length;
  }
}
