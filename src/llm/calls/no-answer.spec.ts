import { expect, it } from '@jest/globals';
import { holdsForOthers, type NoAnswerReason } from './no-answer.js';

it.each<[NoAnswerReason, string | null, boolean]>([
  ['budget_exhausted', 'total', true],
  ['budget_exhausted', 'agent:a', false],
  ['budget_exhausted', 'workflow:w', false],
  ['aborted', null, false],
  ['timeout', null, false],
  ['switched_off', null, false],
  ['refused', null, true],
  ['model_failed', null, true],
])('%s of %s holds for others: %s', (reason, scope, expected) => {
  expect(holdsForOthers({ reason, scope })).toBe(expected);
});
