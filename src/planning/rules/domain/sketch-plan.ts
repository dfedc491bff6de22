import { becauseOf } from './because.js';
import type { CatalogueIndex } from './catalogue-index.js';
import { chooseTypes } from './choose.js';
import { clausesOf } from './clauses.js';
import { type Draft, draftSteps } from './drafts.js';
import { linkSteps } from './links.js';
import { literalsIn, maskLiterals, type MaskedText, unmask } from './literals.js';
import { askingClauses, keepFitting, rankClauses, type RankedClause } from './rank.js';
import type { Candidate, Sketch, SketchStep } from './sketch.js';

/** A request is read up to here: some 3,000 words. */
export const MAX_REQUEST_CHARACTERS = 20_000;
/** Clauses behind these are not read. */
export const MAX_CLAUSES = 64;

/** The text of a request as planners read it. */
export const readRequest = (request: string): MaskedText =>
  maskLiterals(request.slice(0, MAX_REQUEST_CHARACTERS).toWellFormed());

/** A request taken apart: its clauses with what might do them and what was chosen. */
interface Reading {
  readonly masked: MaskedText;
  readonly ranked: readonly RankedClause[];
  readonly leftOut: readonly string[];
  /** Index of the task type of each clause. */
  readonly chosen: readonly (number | null)[];
}

function read(request: string, index: CatalogueIndex): Reading {
  const masked = readRequest(index.withNames(request));
  const clauses = clausesOf(masked.text).slice(0, MAX_CLAUSES);
  const all = rankClauses(clauses, masked, index);
  const asking = askingClauses(all);
  const ranked = keepFitting(asking, index);
  const leftOut = all
    .filter((one) => !asking.includes(one))
    .map(({ clause }) => unmask(clause.text, masked.literals));
  const media = new Set<string>(masked.literals.flatMap(({ medium }) => medium ?? []));
  return { masked, ranked, leftOut, chosen: chooseTypes(ranked, media, index) };
}

function sketchOf({ masked, ranked, leftOut, chosen }: Reading, index: CatalogueIndex): Sketch {
  const drafts = draftSteps(ranked, chosen, index);
  const links = linkSteps(drafts, index);
  const steps = drafts.map((draft, at) => stepOf(draft, links[at] ?? [], masked, index));
  return { steps, leftOut };
}

/**
 * Which task types a request asks for, in which order. Deterministic; never throws. Clauses that only tell something are
 * left out, clauses that ask for what nothing does become steps without a task type.
 */
export const sketchPlan = (request: string, index: CatalogueIndex): Sketch =>
  sketchOf(read(request, index), index);

/** The sketch and the next best ones, at most `count`: each takes another task type for the clause that is least sure. */
export function sketchPlans(request: string, index: CatalogueIndex, count: number): readonly Sketch[] {
  const reading = read(request, index);
  const { ranked, chosen } = reading;
  const swaps = ranked.flatMap(({ candidates }, at) => {
    const own = candidates.find(({ type }) => type === chosen[at])?.score ?? 0;
    return candidates
      .filter(({ type }) => type !== chosen[at])
      .map(({ type, score }) => ({ at, type, loss: own - score }));
  });
  const others = swaps
    .sort((a, b) => a.loss - b.loss || a.at - b.at || a.type - b.type)
    .slice(0, Math.max(0, count - 1))
    .map((swap) => chosen.map((type, at) => (at === swap.at ? swap.type : type)));
  return [chosen, ...others].map((one) => sketchOf({ ...reading, chosen: one }, index));
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
