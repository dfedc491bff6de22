import { expect, it } from '@jest/globals';
import { documentedProblems } from './problem-codes.js';

it('reads the table of problems, not what else is named in the text', () => {
  const text = [
    'Some `other_code` in a sentence.',
    '| status | code | when |',
    '| 409    | `stale` `run_ended`   | It is `late`. |',
    '| 422    | `invalid_task` | No. |',
    '| `required` | A field is missing. |',
  ].join('\n');
  expect([...documentedProblems(text)]).toEqual(['409 stale', '409 run_ended', '422 invalid_task']);
});
