import type { CatalogueIndex } from './catalogue-index.js';
import type { Clause } from './clauses.js';
import { deciderOf, speaksOfApproval } from './conditions.js';
import { consumerOf, secondOf, standsBefore } from './further.js';
import { termsOf } from './terms.js';
import { lookUpBefore, producersOf } from './producers.js';
import type { RankedClause, RankedType } from './rank.js';

/** A condition with the step that decides it. */
export interface DraftCondition {
  /** Masked. */
  readonly text: string;
  readonly holds: boolean;
  readonly step: number | null;
}

/** A step that is not yet linked. */
export interface Draft {
  readonly clause: Clause;
  /** Number of its clause: several steps may be of one. */
  readonly group: number;
  /** null: nothing does it. */
  readonly type: number | null;
  readonly candidates: readonly RankedType[];
  readonly isInserted: boolean;
  readonly condition: DraftCondition | null;
}

/** Makes steps of clauses: what each needs before it, itself, what else its words ask for. */
class DraftList {
  readonly drafts: Draft[] = [];
  private readonly deciders = new Map<string, number | null>();

  constructor(
    private readonly chosen: readonly (number | null)[],
    private readonly index: CatalogueIndex,
  ) {}

  add(ranked: RankedClause, group: number): void {
    const { clause } = ranked;
    const type = this.chosen[group] ?? null;
    if (type !== null && this.isSaidAgain(type, clause)) {
      this.addToLast(clause);
      return;
    }
    const condition = this.conditionOf(ranked, group);
    const push = (one: number | null, isInserted: boolean) =>
      this.drafts.push({ ...ranked, group, type: one, isInserted, condition });
    if (type === null) {
      push(null, false);
      return;
    }
    const before = producersOf(type, clause.text, this.types(), this.index);
    for (const producer of before) push(producer, true);
    const lookUp = lookUpBefore(type, this.types(), this.index);
    if (lookUp !== null) push(lookUp, true);
    for (const one of this.askedBy(type, clause.text)) push(one, false);
  }

  /** The task type of a clause and what else it asks for, in the order of its words. */
  private askedBy(type: number, clause: string): readonly number[] {
    const { chosen, index } = this;
    const consumer = consumerOf(type, clause, index);
    if (consumer !== null && !chosen.includes(consumer)) return [type, consumer];
    const second = secondOf(type, clause, chosen, index);
    if (second === null) return [type];
    return standsBefore(second, type, clause, index) ? [second, type] : [type, second];
  }

  /** The same as right before, and nothing that tells the two apart. */
  private isSaidAgain(type: number, { text }: Clause): boolean {
    const last = this.drafts.at(-1);
    if (last?.type !== type || (last.clause.text.includes('§') && text.includes('§'))) return false;
    const said = new Set(termsOf(last.clause.text));
    return termsOf(text).every((term) => said.has(term) || this.index.bm25.has(type, term));
  }

  private addToLast({ text }: Clause): void {
    const last = this.drafts.pop() as Draft;
    this.drafts.push({ ...last, clause: { ...last.clause, text: `${last.clause.text} and ${text}` } });
  }

  private conditionOf(ranked: RankedClause, group: number): DraftCondition | null {
    const { condition } = ranked.clause;
    if (condition === null) return null;
    const { text, holds } = condition;
    const known = this.deciders.get(text);
    const step = known === undefined ? this.decide(text, ranked, group) : known;
    this.deciders.set(text, step);
    return { text, holds, step };
  }

  private decide(text: string, ranked: RankedClause, group: number): number | null {
    if (speaksOfApproval(text)) return null;
    const earlier = this.drafts.map(({ clause, type }) => ({ clause: clause.text, type }));
    const decider = deciderOf(text, earlier, this.index);
    if (decider.kind === 'step') return decider.step;
    if (decider.kind === 'nobody') return null;
    const clause = { text, joint: ranked.clause.joint, condition: null };
    const look = { clause, group, candidates: [], isInserted: true, condition: null };
    for (const type of [...producersOf(decider.type, text, this.types(), this.index), decider.type])
      this.drafts.push({ ...look, type });
    return this.drafts.length - 1;
  }

  private types(): readonly number[] {
    return this.drafts.flatMap(({ type }) => type ?? []);
  }
}

/** Steps in the order they are told; `chosen`: the task type of each clause. */
export function draftSteps(
  ranked: readonly RankedClause[],
  chosen: readonly (number | null)[],
  index: CatalogueIndex,
): readonly Draft[] {
  const list = new DraftList(chosen, index);
  for (const [group, one] of ranked.entries()) list.add(one, group);
  return list.drafts;
}
