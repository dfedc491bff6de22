import type { JsonValue } from '../../../../common/json.js';
import { type CatalogueEntry, takesClause } from '../../../domain/catalogue-entry.js';
import { ANAPHORA, LIGHT_VERBS, RECURRING, TIMES } from '../english/cues.js';
import { maskLiterals } from '../literals.js';
import type { SketchStep } from '../sketch.js';
import { actionsOf, stemOf, termsOf, wordsOf } from '../terms.js';

/** Words that say nothing of what is done: what was made before, how many, "take", "make". */
const OPEN = new Set(
  `${ANAPHORA} ${LIGHT_VERBS} use using with given second third parallel two three four five several both`
    .split(' ')
    .map(stemOf),
);
const ownTerms = new WeakMap<CatalogueEntry, ReadonlySet<string>>();

/** What a task type speaks of, its hints included: stems and the classes of the actions of its name. */
function termsOfType(entry: CatalogueEntry): ReadonlySet<string> {
  const known = ownTerms.get(entry);
  if (known !== undefined) return known;
  const { name, description, parameters, synonyms, hints } = entry;
  const hinted = Object.values(hints.parameters ?? {}).flatMap(({ after = [], words = {} }) => [
    ...after,
    ...Object.values(words).flat(),
  ]);
  const named = Object.keys((parameters['properties'] as object | undefined) ?? {});
  const stems = termsOf([name, description, ...synonyms, ...hinted, ...named].join(' . '));
  const terms = new Set([...stems, ...termsOf(name).flatMap(actionsOf)]);
  ownTerms.set(entry, terms);
  return terms;
}

function textsIn(value: JsonValue): string[] {
  if (typeof value === 'string') return value.startsWith('{{') ? [] : [value];
  if (typeof value !== 'object' || value === null) return [String(value)];
  return Object.entries(value).flatMap(([name, each]) => [name, ...textsIn(each as JsonValue)]);
}

/** Words of a clause that its task does nothing with. */
interface Unused {
  readonly message: string;
  /** So many, or of a type that was not chosen for the clause, that the clause asks for something else. */
  readonly isTooMuch: boolean;
}

/**
 * Words that carry meaning and that neither the task type, its parameters nor what was made before speak of; literals and
 * numbers that were placed are used. null: none, or nothing can be said for a type without hints. `before`: clauses of
 * the tasks it takes something from.
 */
export function unusedWords(
  { clause, taskType }: SketchStep,
  entry: CatalogueEntry,
  parameters: ReadonlyMap<string, JsonValue>,
  before: readonly string[],
): Unused | null {
  const isStrict = entry.hints.verbRequired === true;
  if (takesClause(entry) || !(isStrict || entry.hints.parameters !== undefined)) return null;
  const told = maskLiterals(clause).text.replace(TIMES, '').replace(RECURRING, ' ');
  const byTerm = new Map(wordsOf(told).flatMap((word) => termsOf(word).map((term) => [term, word] as const)));
  const own = termsOfType(entry);
  const said = new Set([...parameters.values()].flatMap(textsIn).concat(before).flatMap(termsOf));
  // "1.5 hours" are 5,400 seconds.
  const hasNumber = [...parameters.values()].some((value) => typeof value === 'number');
  const isUsed = (term: string) =>
    (hasNumber && /^\d+$/.test(term)) ||
    own.has(term) ||
    said.has(term) ||
    OPEN.has(term) ||
    actionsOf(term).some((one) => own.has(one));
  const unused = [...byTerm].filter(([term]) => !isUsed(term)).map(([, word]) => word);
  if (unused.length === 0) return null;
  const isMost = unused.length >= 2 && unused.length * 2 >= byTerm.size;
  const message = `${entry.name} does nothing with ${unused.map((word) => JSON.stringify(word)).join(', ')}`;
  return { message, isTooMuch: isStrict && (isMost || taskType !== entry.name) };
}
