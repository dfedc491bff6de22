import { ACTIONS } from './english/synonyms.js';
import { OBJECT_LEADS, PREPOSITIONS } from './english/cues.js';
import { VERBS } from './english/verbs.js';
import { actionsOf, stemOf } from './terms.js';

const BASE = new Set(VERBS.split(' '));
const STEMS = new Set([...BASE].map((verb) => stemOf(verb)));
/** First words of action classes name actions too. */
const ACTION_WORDS = new Set(Object.values(ACTIONS).flatMap((words) => words.split(' ').slice(0, 3)));

/** "book", "send": begins a clause as a command does. */
export const isBaseVerb = (word: string): boolean => BASE.has(word);

/** "booking", "sending". */
export const isGerund = (word: string): boolean =>
  word.length > 5 && word.endsWith('ing') && STEMS.has(stemOf(word));

/** Any form: "books", "booked", "booking". */
export const isVerbForm = (word: string): boolean =>
  BASE.has(word) || ACTION_WORDS.has(word) || (/(?:ing|ed|s)$/.test(word) && STEMS.has(stemOf(word)));

/** Classes of the action a verb asks for, in any form. */
export const actionsOfVerb = (word: string): readonly string[] => actionsOf(stemOf(word));

/** What follows a verb and no noun: "varnish the door". */
const OBJECT_STARTS = new Set(OBJECT_LEADS.split(' '));
const NO_VERBS = new Set(`${OBJECT_LEADS} ${PREPOSITIONS}`.split(' '));

/** Whether a word that begins a clause is a verb, known or not, by the word that follows it. */
export const isImperative = (word: string, next: string): boolean =>
  /^[a-z]{3,}$/.test(word) && !NO_VERBS.has(word) && (OBJECT_STARTS.has(next) || next.startsWith('§'));
