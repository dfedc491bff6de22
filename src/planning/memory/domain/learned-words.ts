import type { RememberedPlan } from './remembered-plan.js';
import { requestTerms, stepTerms } from './request-terms.js';
import type { Settings } from './settings.js';

type WordSettings = Pick<Settings, 'learnedWords' | 'learnedWordsFew' | 'wordsHalfTrusted'>;

/**
 * Words people used for task types, by task type: of the steps of accepted plans, and of requests that took one task.
 * They weigh more with more plans, and grow with the logarithm of how often a word occurred.
 */
export function learnedWords(
  plans: readonly RememberedPlan[],
  { learnedWords: most, learnedWordsFew: few, wordsHalfTrusted }: WordSettings,
): Map<string, Map<string, number>> {
  const accepted = plans.filter(({ isAccepted }) => isAccepted).length;
  const weight = few + ((most - few) * accepted) / (accepted + wordsHalfTrusted);
  const counts = new Map<string, Map<string, number>>();
  const take = (type: string, terms: readonly string[]): void => {
    const own = counts.get(type) ?? new Map<string, number>();
    for (const term of new Set(terms)) own.set(term, (own.get(term) ?? 0) + 1);
    counts.set(type, own);
  };
  for (const { isAccepted, request, steps, taskTypes } of plans) {
    if (!isAccepted) continue;
    for (const { text, taskType } of steps) take(taskType, stepTerms(text, taskType));
    const [only, ...others] = taskTypes;
    if (only !== undefined && others.length === 0) take(only, requestTerms(request).stems);
  }
  return new Map(
    [...counts].map(([type, own]) => [
      type,
      new Map([...own].map(([term, count]) => [term, weight * Math.log1p(count)])),
    ]),
  );
}
