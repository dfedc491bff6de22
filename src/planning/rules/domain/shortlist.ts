import type { CatalogueIndex } from './catalogue-index.js';
import { clausesOf } from './clauses.js';
import { namesSomething, producersOf } from './producers.js';
import { rankClauses, type RankedClause, rounded } from './rank.js';
import { MAX_CLAUSES, readRequest, sketchPlan } from './sketch-plan.js';

/** What the whole request says, next to what a clause says. */
const WHOLE = 0.3;
/** What the task types of a clause need before them, next to these. */
const NEEDED = 0.5;
/** Any search, where a clause names something. */
const NAMED = 0.25;
/** Above all that is only likely. */
const SKETCHED = 10;

/** How likely each task type is needed: the best that any clause says of it. */
class Worths {
  readonly worths: number[];
  private readonly ofWhole: readonly number[];

  constructor(
    whole: Float64Array,
    private readonly index: CatalogueIndex,
  ) {
    const top = whole.reduce((best, score) => Math.max(best, score), 0) || 1;
    this.ofWhole = [...whole].map((score) => (WHOLE * score) / top);
    this.worths = [...this.ofWhole];
  }

  read({ clause: { text }, candidates }: RankedClause): void {
    const { types, entities } = this.index;
    const best = candidates[0]?.score || 1;
    for (const { type, score } of candidates) {
      this.raise(type, score / best + (this.ofWhole[type] ?? 0));
      for (const producer of producersOf(type, text, [], this.index))
        this.raise(producer, (NEEDED * score) / best);
    }
    if (!namesSomething(text, this.index)) return;
    for (const type of types.keys())
      if (entities.isSearch(type)) this.raise(type, NAMED + (this.ofWhole[type] ?? 0));
  }

  raise(type: number, to: number): void {
    this.worths[type] = Math.max(this.worths[type] ?? 0, to);
  }
}

/**
 * The task types most likely needed, best first, at most `count`: those of the sketch, then by what clauses and the whole
 * request say, each next to the best of its kind, and what the best ones need found before.
 */
export function shortlist(request: string, index: CatalogueIndex, count: number): readonly string[] {
  const masked = readRequest(request);
  const worths = new Worths(index.bm25.score(index.query(masked.text, null)), index);
  const clauses = clausesOf(masked.text).slice(0, MAX_CLAUSES);
  const perClause = Math.max(index.weights.candidates, Math.ceil(count / Math.max(1, clauses.length)));
  for (const ranked of rankClauses(clauses, masked, index, perClause)) worths.read(ranked);
  const sketched = new Set(sketchPlan(request, index).steps.map(({ taskType }) => taskType));
  return index.types
    .map(({ name }, type) => ({
      name,
      worth: rounded((worths.worths[type] ?? 0) + (sketched.has(name) ? SKETCHED : 0)),
    }))
    .sort((a, b) => b.worth - a.worth || (a.name < b.name ? -1 : 1))
    .slice(0, count)
    .map(({ name }) => name);
}
