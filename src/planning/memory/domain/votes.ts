import type { Neighbour } from './neighbours.js';
import { type PlanShape, shapeKey } from './remembered-plan.js';

const START = '\u0001';
const END = '\u0002';

const add = (map: Map<string, number>, key: string, weight: number): void => {
  map.set(key, (map.get(key) ?? 0) + weight);
};

/** What neighbours say of one plan. */
export interface VotedPlan {
  readonly shape: PlanShape;
  /** Of the neighbours, less what rejected ones take away. */
  readonly share: number;
  /** How often it was accepted. */
  readonly count: number;
  /** For a request of the same words. */
  readonly isSame: boolean;
}

/** What the neighbours of a request say together. */
export class Votes {
  /** Of task types: the share of the neighbours that use it, 0 to 1. */
  readonly types = new Map<string, number>();
  /** Of plans by their key. */
  readonly plans = new Map<string, VotedPlan>();
  private readonly before = new Map<string, number>();
  private readonly pairs = new Map<string, number>();
  private readonly from = new Map<string, number>();

  /** `rejected`: how much a rejected plan takes away of what accepted ones gave. */
  constructor(neighbours: readonly Neighbour[], rejected: number) {
    const total = neighbours.reduce((sum, { plan, weight }) => sum + (plan.isAccepted ? weight : 0), 0) || 1;
    for (const { plan, weight, isSame } of neighbours)
      this.take(plan, (plan.isAccepted ? 1 : -rejected) * (weight / total), plan.isAccepted, isSame);
  }

  private take(shape: PlanShape, share: number, isAccepted: boolean, isSame: boolean): void {
    const key = shapeKey(shape);
    const known = this.plans.get(key);
    this.plans.set(key, {
      shape,
      share: (known?.share ?? 0) + share,
      count: (known?.count ?? 0) + (isAccepted ? 1 : 0),
      isSame: known?.isSame === true || (isAccepted && isSame),
    });
    if (!isAccepted) return;
    const { taskTypes } = shape;
    for (const type of new Set(taskTypes)) add(this.types, type, share);
    const path = [START, ...taskTypes, END];
    path.slice(1).forEach((type, at) => {
      add(this.pairs, `${path[at] as string}\n${type}`, share);
      add(this.from, path[at] as string, share);
    });
    for (const [at, type] of taskTypes.entries())
      for (const later of new Set(taskTypes.slice(at + 1)))
        if (later !== type) add(this.before, `${type}\n${later}`, share);
  }

  vote(type: string): number {
    return Math.min(1, this.types.get(type) ?? 0);
  }

  /** How much more often the first comes before the second than the other way round: natural logarithm of the ratio. */
  precedence(first: string, second: string): number {
    const forth = this.before.get(`${first}\n${second}`) ?? 0;
    const back = this.before.get(`${second}\n${first}`) ?? 0;
    return Math.log((forth + 0.05) / (back + 0.05));
  }

  /** Mean log probability that one type follows the other, start and end left out. */
  flow(types: readonly string[]): number {
    if (types.length < 2) return 0;
    const steps = types.slice(1).map((type, at) => this.transition(types[at] as string, type));
    return steps.reduce((sum, step) => sum + step, 0) / steps.length;
  }

  /** Log probability that a plan begins and ends so. */
  ends(types: readonly string[]): number {
    const [first = END] = types;
    return this.transition(START, first) + this.transition(types.at(-1) ?? START, END);
  }

  private transition(from: string, to: string): number {
    return Math.log(((this.pairs.get(`${from}\n${to}`) ?? 0) + 0.02) / ((this.from.get(from) ?? 0) + 0.2));
  }
}
