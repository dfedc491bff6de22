import { maskLiterals } from '../../rules/domain/literals.js';
import { termsOf } from '../../rules/domain/terms.js';

/** Capitalised words inside a sentence: names of people, places and things, which differ from request to request. */
const NAMES = /(?<=[\p{Ll}\d,;]\s{1,3})\p{Lu}[\p{L}\d'-]{0,60}/gu;
/** So much of a request is read. */
export const MAX_CHARACTERS = 4_000;

/** Stems of a request and pairs of stems that follow each other, without literals and names. */
export function requestTerms(request: string): {
  readonly stems: readonly string[];
  readonly pairs: readonly string[];
} {
  const { text } = maskLiterals(request.slice(0, MAX_CHARACTERS));
  const stems = termsOf(text.replace(NAMES, ' '));
  return { stems, pairs: stems.slice(1).map((stem, at) => `${stems[at] as string} ${stem}`) };
}

const STEP_OPENING = /^\s*(?:step\s*\d+\s*[:.)-]?\s*)?(?:(?:call|use|using|invoke)\s+(?:the\s+)?)?/i;

/** Stems of the words that describe one task, without "Step 1: call …", the name of the task type, literals and names. */
export function stepTerms(text: string, taskType: string): readonly string[] {
  const words = text.slice(0, 500).replace(STEP_OPENING, '').split(taskType).join(' ');
  const masked = maskLiterals(words).text;
  return termsOf(masked.replace(NAMES, ' '));
}
