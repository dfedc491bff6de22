import { actionOf, type ClauseAction, QUERY } from './actions.js';
import type { CatalogueIndex } from './catalogue-index.js';
import type { Clause } from './clauses.js';
import { OPPOSITES } from './english/synonyms.js';
import { LIGHT_VERBS, PRONOUNS } from './english/cues.js';
import { type Flow, flowOf } from './flow.js';
import type { IndexedType } from './indexed-type.js';
import { literalsIn, type MaskedText } from './literals.js';
import { actionsOf, termsOf, wordsOf } from './terms.js';
import type { Weights } from './weights.js';

export interface RankedType {
  /** Index into `CatalogueIndex.types`. */
  readonly type: number;
  readonly score: number;
}

/** A clause with the task types that might do it, best first. */
export interface RankedClause {
  readonly clause: Clause;
  readonly action: ClauseAction;
  readonly candidates: readonly RankedType[];
}

/** What a clause asks for, as far as its words say. */
interface Wish {
  readonly action: ClauseAction;
  /** Action classes of all its words. */
  readonly actions: ReadonlySet<string>;
  readonly flow: Flow;
}

const OPEN_VERBS = new Set(LIGHT_VERBS.split(' '));
const POINTING = new Set(PRONOUNS.split(' '));

/** Scores that differ in their last bits only are equal. */
export const rounded = (score: number): number => Math.round(score * 1e9) / 1e9;

const pointsBack = (text: string): boolean => wordsOf(text).some((word) => POINTING.has(word));

/** What a clause is searched with. "Search and book a hotel": the first takes the things of the second. */
function wordsFor(
  { text }: Clause,
  { verb }: ClauseAction,
  next: Clause | undefined,
  index: CatalogueIndex,
): ReadonlyMap<string, number> {
  const query = index.query(text, verb);
  const isBare = verb !== null && termsOf(text).length < 2 && !text.includes('§') && !pointsBack(text);
  if (!isBare || next === undefined) return query;
  return new Map([...index.things(next.text, actionOf(next.text, next.joint).verb), ...query]);
}

/** A clause that says itself what it is about needs less of the rest of the request. */
function shareOfWhole({ text }: Clause, { verb }: ClauseAction, index: CatalogueIndex): number {
  const { weights } = index;
  const namesThing = [...index.things(text, verb).keys()].some((term) => index.bm25.idf(term) > 0);
  return namesThing && !pointsBack(text) ? weights.wholeRequestNamed : weights.wholeRequest;
}

const disjoint = (own: Iterable<string>, asked: ReadonlySet<string>): boolean =>
  ![...own].some((one) => asked.has(one));

const OPPOSITE = new Map<string, Set<string>>();
for (const pair of OPPOSITES)
  for (const [one, other] of [pair, [...pair].reverse()] as const)
    OPPOSITE.set(`#${one}`, (OPPOSITE.get(`#${one}`) ?? new Set()).add(`#${other}`));

/** "Write it" is no wish to read, whatever else the words have in common. */
const isOpposite = (own: ReadonlySet<string>, asked: ReadonlySet<string>): boolean =>
  disjoint(own, asked) &&
  [...asked].some((one) => [...own].some((other) => OPPOSITE.get(one)?.has(other) === true));

/** How well what a task type does agrees with what is asked for, whatever the words: a factor of at most 1. */
function agreement(type: IndexedType, { action, actions, flow }: Wish, weights: Weights): number {
  if (isOpposite(type.actions, action.classes)) return 0;
  const differs = type.actions.size > 0 && action.classes.size > 0 && disjoint(type.actions, action.classes);
  const unasked = type.namedActions.filter((classes) => disjoint(classes, actions)).length;
  const kinds = [
    [type.takes, flow.takes],
    [type.gives, flow.gives],
  ] as const;
  const others = kinds.filter(
    ([own, asked]) => own.length > 0 && asked.size > 0 && disjoint(own, asked),
  ).length;
  return (
    (differs ? weights.otherAction : 1) * weights.unaskedAction ** unasked * weights.flowDiffers ** others
  );
}

/** Whether the verb of a clause is one for the task type, where that matters. A question leaves it open. */
function isAsked(type: number, clause: string, { verb }: ClauseAction, index: CatalogueIndex): boolean {
  const { verbRequired = false, isPerson = false } = index.types[type] ?? {};
  if (!verbRequired || ((verb === null || verb === QUERY.verb) && !isPerson)) return true;
  // "Make a report", "ask Ada to approve": what is to be done is said behind the verb.
  const asked = verb === null || isPerson || OPEN_VERBS.has(verb) ? wordsOf(clause) : [verb];
  return asked.some((word) => index.says(type, word));
}

/** What the literals of a clause are, as far as its words don't say. */
function literalHints(
  { text }: Clause,
  words: ReadonlyMap<string, number>,
  { literals }: MaskedText,
  index: CatalogueIndex,
): Float64Array {
  const kinds = index.termsOfLiterals(literalsIn(text, literals));
  return index.bm25.score(new Map([...kinds].filter(([term]) => !words.has(term))));
}

/** Ranks the task types for each clause, which keeps the best `count`; a literal alone speaks for none. */
export function rankClauses(
  clauses: readonly Clause[],
  masked: MaskedText,
  index: CatalogueIndex,
  count: number = index.weights.candidates,
): readonly RankedClause[] {
  const { types, bm25, weights } = index;
  const whole = bm25.score(index.query(masked.text, null));
  return clauses.map((clause, at) => {
    const action = actionOf(clause.text, clause.joint);
    const query = wordsFor(clause, action, clauses[at + 1], index);
    const [own, hints] = [bm25.score(query), literalHints(clause, query, masked, index)];
    const share = shareOfWhole(clause, action, index);
    const actions = new Set([...action.classes, ...termsOf(clause.text).flatMap(actionsOf)]);
    const wish = { action, actions, flow: flowOf(clause.text, action, masked.literals, index.kinds) };
    const scoreOf = (type: number): number =>
      (own[type] as number) + (hints[type] as number) + share * (whole[type] as number);
    const candidates = types
      .map((one, type) => ({ type, score: rounded(scoreOf(type) * agreement(one, wish, weights)) }))
      .filter(
        ({ type, score }) =>
          (own[type] as number) > 0 && score > 0 && isAsked(type, clause.text, action, index),
      )
      .sort((a, b) => b.score - a.score || a.type - b.type)
      .slice(0, count);
    return { clause, action, candidates };
  });
}

/** Without clauses that ask for nothing, unless no clause asks for anything. */
export function askingClauses(ranked: readonly RankedClause[]): readonly RankedClause[] {
  const acting = ranked.filter(({ action }) => action.verb !== null);
  return acting.length > 0 ? acting : ranked;
}

/** Takes the candidates from clauses that nothing fits well enough. */
export function keepFitting(pool: readonly RankedClause[], index: CatalogueIndex): readonly RankedClause[] {
  const { keepAbsolute, keepRelative } = index.weights;
  const scoreOf = ({ candidates }: RankedClause) => candidates[0]?.score ?? 0;
  const best = pool.reduce((top, one) => Math.max(top, scoreOf(one)), 0);
  const least = Math.max(keepAbsolute * index.unit, keepRelative * best);
  return pool.map((one) => (scoreOf(one) >= least ? one : { ...one, candidates: [] }));
}
