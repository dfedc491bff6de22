import type { CatalogueIndex } from './catalogue-index.js';
import { clausesOf } from './clauses.js';
import { producersOf } from './producers.js';
import { rankClauses } from './rank.js';
import { MAX_CLAUSES, readRequest, sketchPlan } from './sketch-plan.js';

/** What the whole request says, next to what its clauses say. */
const WHOLE = 0.3;
/** What the best task types of the clauses need before them. */
const NEEDED = 0.5;

/**
 * The task types most likely needed, best first, at most `count`: those of the sketch, then by the scores of the clauses and
 * of the whole request, each next to the best of its kind, and what the best ones need found before.
 */
export function shortlist(request: string, index: CatalogueIndex, count: number): readonly string[] {
  const masked = readRequest(request);
  const whole = index.bm25.score(index.query(masked.text, null));
  const top = whole.reduce((best, score) => Math.max(best, score), 0) || 1;
  const worth = [...whole].map((score) => (WHOLE * score) / top);
  const raise = (type: number, to: number) => {
    worth[type] = Math.max(worth[type] ?? 0, to);
  };
  for (const { clause, candidates } of rankClauses(
    clausesOf(masked.text).slice(0, MAX_CLAUSES),
    masked,
    index,
  )) {
    const [best] = candidates;
    for (const { type, score } of candidates) {
      const share = score / (best?.score || 1);
      raise(type, share + (worth[type] ?? 0));
      for (const producer of producersOf(type, clause.text, [], index)) raise(producer, NEEDED * share);
    }
  }
  const sketched = new Set(sketchPlan(request, index).steps.flatMap(({ taskType }) => taskType ?? []));
  return index.types
    .map(({ name }, type) => ({ name, worth: (worth[type] ?? 0) + (sketched.has(name) ? 10 : 0) }))
    .sort((a, b) => b.worth - a.worth || (a.name < b.name ? -1 : 1))
    .slice(0, count)
    .map(({ name }) => name);
}
