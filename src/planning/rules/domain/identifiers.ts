import type { CatalogueEntry } from '../../domain/catalogue-entry.js';
import { isRequired, propertiesOf } from './json-schema.js';
import { termsOf, wordsOf } from './terms.js';

/** A thing that has to be known by its id before. */
export interface IdNeed {
  /** Stems that name the thing, the likeliest first. */
  readonly terms: readonly string[];
  /** A parameter asks for it; else only the description does, of a task type without parameters. */
  readonly isParameter: boolean;
}

const ID_NAME = /^(?:id|.{1,100}(?:[_-]id|[a-z]Id|ID))$/;
const ID_ENDING = /(?:[_-]id|Id|ID|^id)$/;
const ID_WORDS = new Set(['id', 'ids', 'identifier']);
/** "Reviews for a film": it works on one thing that has to be known. */
const OWNER = /\b(?:for|of|about|to) (?:an?|(?:the|an?) (?:given|specific|particular)) ([a-z ]{2,40})/i;

/** `film_id` → film; a plain `id` → what the task type is called after. */
function namedThing(key: string, typeName: string): readonly string[] {
  const own = termsOf(key.replace(ID_ENDING, ''));
  return own.length > 0 ? own : termsOf(typeName);
}

/** Things a task type works on by their id: by its required parameters, without any by its description. */
export function idNeedsOf({ name, description, parameters }: CatalogueEntry): readonly IdNeed[] {
  const all = propertiesOf(parameters);
  if (all.length > 0)
    return all
      .filter(([key]) => ID_NAME.test(key) && isRequired(parameters, key))
      .map(([key]) => ({ terms: namedThing(key, name), isParameter: true }));
  if (wordsOf(description).some((word) => ID_WORDS.has(word)))
    return [{ terms: termsOf(name), isParameter: false }];
  const owner = OWNER.exec(description.replace(/\([^()]*\)/g, ' '))?.[1];
  return owner === undefined ? [] : [{ terms: termsOf(owner), isParameter: false }];
}

/** Stems of things whose id a result has: `filmId` → film. */
export const yieldedThings = ({ result }: CatalogueEntry): readonly string[] =>
  propertiesOf(result).flatMap(([key]) => (ID_NAME.test(key) ? termsOf(key.replace(ID_ENDING, '')) : []));
