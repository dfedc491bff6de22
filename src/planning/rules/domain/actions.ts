import type { Joint } from './pieces.js';
import { LEAD_IN, LIGHT_VERBS, MODALS, QUESTION_WORDS, TIMES, WISHES } from './english/cues.js';
import { termsOf, wordsOf } from './terms.js';
import { actionsOfVerb, isBaseVerb, isGerund, isImperative, isVerbForm } from './verbs.js';

const set = (words: string) => new Set(words.split(' '));
const QUESTIONS = set(QUESTION_WORDS);
const WISHING = set(WISHES);
const ASKING = set(MODALS);
const LEADS = set(LEAD_IN);
/** "I am planning a trip" tells something. */
const BEING = set('m am re are is s was were been be');
/** "I lost my key" asks for nothing. */
const TELLERS = set('i we he she they it you ve have has had');
const OBLIGES = set('have has going ought');
/** "Use orders.csv to sum the amounts". */
export const USING = set('use using take with given');
const LIGHT = set(LIGHT_VERBS);
const DETERMINERS = set('a an the my your our their his her its this that these those any some');

/** What a clause asks to do. */
export interface ClauseAction {
  /** null: none, it only tells something. */
  readonly verb: string | null;
  readonly classes: ReadonlySet<string>;
}

/** "I no longer need it": what is wanted instead is said elsewhere. "Don't send it", "without sending it". */
const UNWANTED =
  /^(?:(?:i|we) (?:no longer|don't|do not|didn't) (?:need|want)\b|(?:(?:but|and|also|then|please|so|you|must|should|make|sure|to),? ){0,4}(?:(?:do|must|should|shall|may|can) not|(?:do|must|should|ca)n't|cannot|never|not to|not|no need to|avoid|refrain from|without|instead of) (?!(?:forget|hesitate|fail|worry|miss|only|just)\b)[a-z]|nobody (?:should|must|may)\b)/i;

/** Whether a clause says what is not to be done. */
export const isUnwanted = (clause: string): boolean => UNWANTED.test(clause);

const NO_ACTION: ClauseAction = { verb: null, classes: new Set() };
/** A question. */
export const QUERY: ClauseAction = { verb: 'query', classes: new Set(['#query']) };
/** "Make a payment": the noun says what is done. */
function actionBy(verb: string, words: readonly string[]): ClauseAction {
  const at = words.indexOf(verb);
  if (verb === 'let' && words.slice(at).includes('know'))
    return /^(?:me|us)$/.test(words[at + 1] ?? '')
      ? QUERY
      : { verb: 'notify', classes: new Set(['#notify', '#send']) };
  const noun = LIGHT.has(verb)
    ? words.slice(at + 1, at + 5).find((word) => actionsOfVerb(word).length > 0)
    : undefined;
  return {
    verb: noun ?? verb,
    classes: new Set([...actionsOfVerb(verb), ...(noun === undefined ? [] : actionsOfVerb(noun))]),
  };
}

/** "Please book …", "I would like to book …", "booking …". */
function leadingVerb(words: readonly string[]): string | undefined {
  const first = words.findIndex((word) => isBaseVerb(word) || isGerund(word) || !LEADS.has(word));
  const word = words[first];
  if (word !== undefined && isGerund(word) && BEING.has(words[first - 1] ?? '') && word !== 'looking')
    return undefined;
  if (word === undefined) return undefined;
  const isVerb =
    isBaseVerb(word) ||
    isGerund(word) ||
    (!TELLERS.has(words[first - 1] ?? '') && isImperative(word, words[first + 1] ?? ''));
  return isVerb ? word : undefined;
}

/** "… that I want to book". */
function wishedVerb(words: readonly string[]): string | undefined {
  return words.find(
    (word, at) =>
      isBaseVerb(word) &&
      words[at - 1] === 'to' &&
      (USING.has(words[0] ?? '') || ASKING.has(words[at - 2] ?? '') || OBLIGES.has(words[at - 2] ?? '')),
  );
}

/** Any verb that is not a noun behind an article. */
const anyVerb = (words: readonly string[]): string | undefined =>
  words.find((word, at) => isVerbForm(word) && !DETERMINERS.has(words[at - 1] ?? ''));

/**
 * The verb a clause is about: the one it begins with, the one wished for, else any. A question or a wish without one is a
 * query; a sentence that only tells something has none.
 */
export function actionOf(clause: string, joint: Joint = 'chain'): ClauseAction {
  if (termsOf(clause).length === 0 || isUnwanted(clause)) return NO_ACTION;
  const words = wordsOf(clause.replace(TIMES, ''));
  const leading = leadingVerb(words) ?? wishedVerb(words);
  if (leading !== undefined) return actionBy(leading, words);
  if (QUESTIONS.has(words[0] ?? '')) return QUERY;
  const asks = words[0] === 'have' || words.some((word) => ASKING.has(word) || WISHING.has(word));
  if (!asks && joint !== 'parallel') return NO_ACTION;
  const verb = anyVerb(words);
  if (verb === undefined) return asks ? QUERY : NO_ACTION;
  return actionBy(verb, words);
}
