import type { CatalogueIndex } from './catalogue-index.js';
import { chooseTypes } from './choose.js';
import { clausesOf } from './clauses.js';
import { literalsIn, maskLiterals, unmask, type MaskedText } from './literals.js';
import { consumerOf, producersOf } from './producers.js';
import { keepClauses, rankClause, type Ranked } from './rank.js';
import type { Sketch, SketchStep } from './sketch.js';

/** A request is read up to here. */
export const MAX_REQUEST_CHARACTERS = 20_000;
/** Clauses behind these are not read. */
export const MAX_CLAUSES = 64;

/** Which task types a request asks for, in which order. */
export function sketchPlan(request: string, index: CatalogueIndex): Sketch {
  const masked = maskLiterals(request.slice(0, MAX_REQUEST_CHARACTERS));
  const whole = index.bm25.score(index.query(masked.text, null));
  const clauses = clausesOf(masked.text).slice(0, MAX_CLAUSES);
  const ranked = keepClauses(
    clauses.map((clause) => rankClause(clause, masked.literals, whole, index)),
    index,
  );
  const kinds = new Set(masked.literals.flatMap(({ medium }) => medium ?? []));
  const chosen = chooseTypes(ranked, ranked.map(() => kinds), index);
  const drafts: Draft[] = [];
  for (const [at, one] of ranked.entries()) {
    const type = chosen[at] as number | null;
    if (type !== null && type === drafts.at(-1)?.type) continue;
    if (type !== null) {
      const earlier = drafts.flatMap((draft) => draft.type ?? []);
      for (const producer of producersOf(type, one.clause.text, earlier, index)) drafts.push({ one, type: producer, isInserted: true });
    }
    drafts.push({ one, type, isInserted: false });
    const consumer = type === null ? null : consumerOf(type, one.clause.text, index);
    if (consumer !== null && chosen[at + 1] !== consumer) drafts.push({ one, type: consumer, isInserted: false });
  }
  return { steps: drafts.map((draft, at) => stepOf(draft, at, masked, index)) };
}

interface Draft {
  readonly one: Ranked;
  readonly type: number | null;
  readonly isInserted: boolean;
}

function stepOf({ one: { clause, candidates }, type, isInserted }: Draft, at: number, { literals }: MaskedText, index: CatalogueIndex): SketchStep {
  const { condition } = clause;
  return {
    clause: unmask(clause.text, literals),
    taskType: type === null ? null : index.types[type]!.name,
    candidates: candidates.map(({ type, score }) => ({ taskType: index.types[type]!.name, score, because: [] })),
    literals: literalsIn(clause.text, literals),
    isInserted,
    after: at === 0 ? [] : [at - 1],
    condition: condition === null ? null : { text: unmask(condition.text, literals), step: at === 0 ? null : at - 1, holds: condition.holds },
  };
}
