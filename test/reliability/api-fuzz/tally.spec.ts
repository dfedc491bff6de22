import { expect, it } from '@jest/globals';
import { Tally } from './tally.js';

it('counts answers by operation and by status', () => {
  const tally = new Tally();
  for (const [operationId, status] of [
    ['a', 200],
    ['a', 404],
    ['b', 404],
  ] as const)
    tally.add(operationId, status);
  expect([tally.total(), tally.total('a'), tally.total('c')]).toEqual([3, 2, 0]);
  expect(tally.byStatus()).toEqual({ 200: 1, 404: 2 });
  expect(tally.neverDone(['a', 'b', 'c'])).toEqual(['b', 'c']);
});
