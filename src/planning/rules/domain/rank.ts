import { stemmer } from 'stemmer';
import { actionOf, type ClauseAction } from './actions.js';
import type { CatalogueIndex } from './catalogue-index.js';
import type { Clause } from './clauses.js';
import { flowOf } from './flow.js';
import type { Literal } from './literals.js';
import { actionsOf, termsOf, wordsOf } from './terms.js';

export interface RankedType {
  /** Index into `CatalogueIndex.types`. */
  readonly type: number;
  readonly score: number;
}

/** A clause with the task types that might do it, best first. */
export interface Ranked {
  readonly clause: Clause;
  readonly action: ClauseAction;
  readonly candidates: readonly RankedType[];
}

const rounded = (score: number): number => Math.round(score * 1e9) / 1e9;

const PRONOUNS = new Set('it them that one ones this those these him her there'.split(' '));

/** `whole`: scores of the whole request, for what the clause itself leaves unsaid. */
export function rankClause(clause: Clause, literals: readonly Literal[], whole: Float64Array, index: CatalogueIndex): Ranked {
  const { weights, types, bm25 } = index;
  const action = actionOf(clause.text);
  const query = index.query(clause.text, action.verb);
  const scores = bm25.score(query);
  const main = action.verb === null ? '' : stemmer(action.verb);
  const things = new Map([...query].filter(([term]) => term !== main && !actionClasses(main, term)));
  const thingScores = bm25.score(things);
  const isNamed = thingScores.some((score) => score > 0) && !wordsOf(clause.text).some((word) => PRONOUNS.has(word));
  const share = isNamed ? weights.wholeRequestNamed : weights.wholeRequest;
  const asked = new Set(termsOf(clause.text).flatMap(actionsOf));
  const flow = flowOf(clause.text, action, literals, index.kinds);
  const scored: RankedType[] = [];
  for (const [type, { actions, namedActions, takes, gives }] of types.entries()) {
    const own = scores[type] as number;
    if (own <= 0) continue;
    const differs =
      actions.size > 0 && action.classes.size > 0 && ![...actions].some((one) => action.classes.has(one));
    let score = own + share * (whole[type] as number);
    score *= flowFactor(takes, flow.takes, index) * flowFactor(gives, flow.gives, index);
    if (differs) score *= weights.otherAction;
    const unasked = namedActions.filter((classes) => !classes.some((one) => asked.has(one) || action.classes.has(one))).length;
    score *= weights.unaskedAction ** unasked;
    scored.push({ type, score: rounded(score) });
  }
  scored.sort((a, b) => b.score - a.score || a.type - b.type);
  return { clause, action, candidates: scored.slice(0, weights.candidates) };
}

/** How well kinds of a task type agree with those of a clause. */
function flowFactor(own: readonly string[], asked: ReadonlySet<string>, { weights }: CatalogueIndex): number {
  if (own.length === 0 || asked.size === 0) return 1;
  return own.some((kind) => asked.has(kind)) ? weights.flowFits : weights.flowDiffers;
}

const actionClasses = (main: string, term: string): boolean => actionsOf(main).includes(term);

/** Drops clauses that ask for nothing; takes the candidates from those nothing fits. */
export function keepClauses(ranked: readonly Ranked[], index: CatalogueIndex): readonly Ranked[] {
  const { keepAbsolute, keepRelative } = index.weights;
  const acting = ranked.filter(({ action }) => action.verb !== null);
  const pool = acting.length > 0 ? acting : ranked;
  const best = Math.max(0, ...pool.map(({ candidates }) => candidates[0]?.score ?? 0));
  return pool.map((one) => {
    const score = one.candidates[0]?.score ?? 0;
    return score >= keepAbsolute * index.unit && score >= keepRelative * best ? one : { ...one, candidates: [] };
  });
}
