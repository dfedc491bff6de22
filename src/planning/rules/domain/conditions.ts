import type { CatalogueIndex } from './catalogue-index.js';
import { APPROVALS, NEGATIONS, OUTCOMES, PRONOUNS } from './english/cues.js';
import { bestOf } from './producers.js';
import { actionsOf, termsOf, wordsOf } from './terms.js';

const POINTING = new Set(`${PRONOUNS} ${OUTCOMES}`.split(' '));
const LOOKS_UP = new Set(['#search', '#list', '#query']);

const APPROVING = new Set(APPROVALS.split(' '));
const NEGATING = new Set(NEGATIONS.split(' '));

/** "Once Ada agrees": a person decides, whatever else the words have in common with a step. */
export const speaksOfApproval = (condition: string): boolean =>
  wordsOf(condition).some((word) => APPROVING.has(word));

/** "It is not valid": the other answer than the one that the words name. */
export const isNegative = (condition: string): boolean =>
  condition
    .toLowerCase()
    .split(/[^a-z']+/)
    .filter((word) => NEGATING.has(word)).length %
    2 ===
  1;

/** Who says whether a condition holds: a step there is, a look-up to be put in, nobody. */
export type Decider =
  | { readonly kind: 'step'; readonly step: number }
  | { readonly kind: 'look-up'; readonly type: number }
  | { readonly kind: 'nobody' };

/** A step there is: what was asked and the task type; null: none that anything does. */
interface EarlierStep {
  readonly clause: string;
  readonly type: number | null;
}

/**
 * The latest step that speaks of the same thing as the condition; else a look-up that does; else, for "if it fails", the
 * step right before.
 */
export function deciderOf(condition: string, steps: readonly EarlierStep[], index: CatalogueIndex): Decider {
  const query = index.query(condition, null);
  const terms = termsOf(condition);
  const speaksOfIt = ({ clause, type }: EarlierStep): boolean => {
    const said = new Set(termsOf(clause));
    return (
      type !== null &&
      ([...query.keys()].some((term) => index.bm25.has(type, term)) || terms.some((term) => said.has(term)))
    );
  };
  const step = steps.findLastIndex(speaksOfIt);
  if (step >= 0) return { kind: 'step', step };
  const type = lookUpFor(query, index);
  if (type !== null) return { kind: 'look-up', type };
  const isAboutLast = wordsOf(condition).some((word) => POINTING.has(word));
  return isAboutLast && steps.length > 0 ? { kind: 'step', step: steps.length - 1 } : { kind: 'nobody' };
}

function lookUpFor(query: ReadonlyMap<string, number>, index: CatalogueIndex): number | null {
  const scores = index.bm25.score(query);
  const least = index.weights.decides * index.unit;
  const looksUp = (type: number) =>
    index.types[type]?.terms.name.some((term) => actionsOf(term).some((one) => LOOKS_UP.has(one))) === true;
  return bestOf(index, (type) => {
    const score = scores[type] as number;
    return score >= least && (looksUp(type) || index.types[type]?.actions.has('#query') === true) ? score : 0;
  });
}
