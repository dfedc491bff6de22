import type { Baseline, PlanLink, PlanShape } from './remembered-plan.js';
import type { Settings } from './settings.js';

interface Count {
  linked: number;
  all: number;
}

/** How likely a later task type is linked to an earlier one that stands right before it, or further before. */
const NEXT = 0.9;
const FURTHER = 0.05;
/** The same where the plan without memory has both and links them, or does not. */
const NEXT_UNLINKED = 0.5;
const FURTHER_LINKED = 0.4;

const pairKey = (first: string, second: string): string => `${first}\n${second}`;

/** Which task types follow which in accepted plans: whether by a link, or only by standing there. */
export class LinkHabits {
  private readonly next = new Map<string, Count>();
  private readonly further = new Map<string, Count>();
  private readonly everyNext: Count = { linked: 0, all: 0 };

  constructor(
    plans: readonly PlanShape[],
    private readonly settings: Pick<Settings, 'linkPrior'>,
  ) {
    for (const plan of plans) this.take(plan);
  }

  private take({ taskTypes, links }: PlanShape): void {
    const linked = new Set(links.map(({ source, target }) => `${source}>${target}`));
    for (const [at, type] of taskTypes.entries())
      for (const [before, earlier] of taskTypes.slice(0, at).entries()) {
        const isNext = before === at - 1;
        const counts = isNext ? this.next : this.further;
        const key = pairKey(earlier, type);
        const own = counts.get(key) ?? { linked: 0, all: 0 };
        counts.set(key, own);
        for (const count of isNext ? [own, this.everyNext] : [own]) {
          count.all += 1;
          if (linked.has(`${before}>${at}`)) count.linked += 1;
        }
      }
  }

  /** The chance that the one comes right after the other by a link, when both are in a plan. */
  chance(taskTypes: readonly string[], { source, target }: PlanLink, baseline: BaselineLinks): number {
    const [first, second] = [taskTypes[source] ?? '', taskTypes[target] ?? ''];
    const isNext = source === target - 1;
    const { linked, all } = (isNext ? this.next : this.further).get(pairKey(first, second)) ?? NOTHING;
    const { linkPrior } = this.settings;
    const usual = isNext ? (this.everyNext.linked + 10 * NEXT) / (this.everyNext.all + 10) : FURTHER;
    const prior = baseline.prior(first, second, usual, isNext);
    return (linked + linkPrior * prior) / (all + linkPrior);
  }

  /** Task types in this order with the links that are likely. */
  linked(taskTypes: readonly string[], baseline: BaselineLinks): PlanShape {
    const links = taskTypes.flatMap((_, target) =>
      Array.from({ length: target }, (__, source) => ({ source, target })).filter(
        (link) => this.chance(taskTypes, link, baseline) >= 0.5,
      ),
    );
    return { taskTypes, links };
  }

  /** Mean log chance that a plan is linked as it is: 0 at best. */
  likelihood({ taskTypes, links }: PlanShape, baseline: BaselineLinks): number {
    const linked = new Set(links.map(({ source, target }) => `${source}>${target}`));
    let sum = 0;
    for (let target = 1; target < taskTypes.length; target += 1)
      for (let source = 0; source < target; source += 1) {
        const chance = this.chance(taskTypes, { source, target }, baseline);
        sum += Math.log(Math.max(0.01, linked.has(`${source}>${target}`) ? chance : 1 - chance));
      }
    return taskTypes.length < 2 ? 0 : sum / (taskTypes.length - 1);
  }
}

const NOTHING: Count = { linked: 0, all: 0 };

/** What the plan without memory links. */
export class BaselineLinks {
  private readonly types: ReadonlySet<string>;
  private readonly pairs: ReadonlySet<string>;

  constructor({ taskTypes, links }: Pick<Baseline, 'taskTypes' | 'links'>) {
    this.types = new Set(taskTypes);
    this.pairs = new Set(
      links.map(({ source, target }) => pairKey(taskTypes[source] ?? '', taskTypes[target] ?? '')),
    );
  }

  has(first: string, second: string): boolean {
    return this.pairs.has(pairKey(first, second));
  }

  prior(first: string, second: string, usual: number, isNext: boolean): number {
    if (!this.types.has(first) || !this.types.has(second)) return usual;
    const isLinked = this.has(first, second);
    if (isNext) return isLinked ? Math.max(usual, NEXT) : Math.min(usual, NEXT_UNLINKED);
    return isLinked ? Math.max(usual, FURTHER_LINKED) : usual;
  }
}
