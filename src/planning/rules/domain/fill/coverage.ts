import type { JsonValue } from '../../../../common/json.js';
import type { CatalogueEntry } from '../../../domain/catalogue-entry.js';
import { ANAPHORA, LIGHT_VERBS, RECURRING, TIMES } from '../english/cues.js';
import { maskLiterals } from '../literals.js';
import { actionsOf, stemOf, termsOf, wordsOf } from '../terms.js';

/** Words that say nothing of what is done: what was made before, how many, "take", "make". */
const OPEN = new Set(
  `${ANAPHORA} ${LIGHT_VERBS} use using with given two three four five several both`.split(' ').map(stemOf),
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

/** How much of its clause a task does something with. */
export interface Coverage {
  /** Words that carry meaning, literals left out. */
  readonly words: number;
  /** Those that neither its type, its parameters nor what was made before speak of, each once. */
  readonly unused: readonly string[];
}

/** `before`: clauses of the tasks it takes something from. */
export function coverageOf(
  clause: string,
  entry: CatalogueEntry,
  parameters: ReadonlyMap<string, JsonValue>,
  before: readonly string[],
): Coverage {
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
  return { words: byTerm.size, unused };
}
