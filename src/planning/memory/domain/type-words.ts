import type { RememberedPlan } from './remembered-plan.js';
import { requestTerms } from './request-terms.js';

/** How many requests a task type has to be seen in before its words are believed as they are. */
const SMOOTHING = 3;
const MOST = 2;

/** Which words of requests go with which task types: naive Bayes over all accepted plans. */
export class TypeWords {
  private readonly ofType = new Map<string, { count: number; readonly terms: Map<string, number> }>();
  private readonly ofAll = new Map<string, number>();
  private count = 0;

  constructor(accepted: readonly RememberedPlan[]) {
    for (const { request, taskTypes } of accepted) {
      const terms = new Set(requestTerms(request).stems);
      this.count += 1;
      for (const term of terms) this.ofAll.set(term, (this.ofAll.get(term) ?? 0) + 1);
      for (const type of new Set(taskTypes)) {
        const own = this.ofType.get(type) ?? { count: 0, terms: new Map<string, number>() };
        this.ofType.set(type, own);
        own.count += 1;
        for (const term of terms) own.terms.set(term, (own.terms.get(term) ?? 0) + 1);
      }
    }
  }

  /** How much more often a task type is used with these words than otherwise: a mean log ratio, 0 for one never used. */
  affinity(type: string, terms: ReadonlySet<string>): number {
    const own = this.ofType.get(type);
    if (own === undefined) return 0;
    let sum = 0;
    for (const term of terms) {
      const all = this.ofAll.get(term);
      if (all === undefined) continue;
      const usual = all / this.count;
      const here = ((own.terms.get(term) ?? 0) + SMOOTHING * usual) / (own.count + SMOOTHING);
      sum += Math.max(-MOST, Math.log(here / usual));
    }
    return sum / Math.sqrt(1 + terms.size);
  }
}
