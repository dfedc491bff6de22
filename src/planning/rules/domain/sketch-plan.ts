import { becauseOf } from './because.js';
import type { CatalogueIndex } from './catalogue-index.js';
import { chooseTypes } from './choose.js';
import { clausesOf } from './clauses.js';
import { type Draft, draftSteps } from './drafts.js';
import { linkSteps } from './links.js';
import { literalsIn, maskLiterals, type MaskedText, unmask } from './literals.js';
import { keepClauses, rankClauses } from './rank.js';
import type { Candidate, Sketch, SketchStep } from './sketch.js';

/** A request is read up to here: some 3,000 words. */
export const MAX_REQUEST_CHARACTERS = 20_000;
/** Clauses behind these are not read. */
export const MAX_CLAUSES = 64;

/** The text of a request as planners read it. */
export const readRequest = (request: string): MaskedText =>
  maskLiterals(request.slice(0, MAX_REQUEST_CHARACTERS).toWellFormed());

/**
 * Which task types a request asks for, in which order. Deterministic; never throws. Clauses that only tell something are
 * left out, clauses that ask for what nothing does become steps without a task type.
 */
export function sketchPlan(request: string, index: CatalogueIndex): Sketch {
  const masked = readRequest(request);
  const clauses = clausesOf(masked.text).slice(0, MAX_CLAUSES);
  const ranked = keepClauses(rankClauses(clauses, masked, index), index);
  const media = new Set<string>(masked.literals.flatMap(({ medium }) => medium ?? []));
  const drafts = draftSteps(ranked, chooseTypes(ranked, media, index), index);
  const links = linkSteps(drafts, index);
  return { steps: drafts.map((draft, at) => stepOf(draft, links[at] ?? [], masked, index)) };
}

function stepOf(
  { clause, type, isInserted, condition, candidates }: Draft,
  after: readonly number[],
  { literals }: MaskedText,
  index: CatalogueIndex,
): SketchStep {
  const isAmong = type === null || candidates.some((one) => one.type === type);
  const all = isAmong ? candidates : [{ type, score: 0 }, ...candidates];
  return {
    clause: unmask(clause.text, literals),
    taskType: type === null ? null : (index.types[type]?.name ?? null),
    candidates: all.map((one) => candidateOf(one.type, one.score, clause.text, index)),
    literals: literalsIn(clause.text, literals),
    isInserted,
    after,
    condition: condition === null ? null : { ...condition, text: unmask(condition.text, literals) },
  };
}

function candidateOf(type: number, score: number, clause: string, index: CatalogueIndex): Candidate {
  return { taskType: index.types[type]?.name ?? '', score, because: becauseOf(type, clause, index) };
}
