import { expect, it } from '@jest/globals';
import { qualityOf } from './quality.js';
import { chained, shapeKey } from './remembered-plan.js';

const NOTHING = { taskTypes: [], links: [] };

it.each([
  ['the same', chained(['a', 'b']), chained(['a', 'b']), { nodes: 1, edges: 1, score: 2, isExact: true }],
  [
    'turned round',
    chained(['a', 'b']),
    chained(['b', 'a']),
    { nodes: 1, edges: 0, score: 1, isExact: false },
  ],
  [
    'one missing',
    chained(['a', 'b', 'c']),
    chained(['a', 'b']),
    { nodes: 0.8, edges: 2 / 3, isExact: false },
  ],
  ['nothing', chained(['a']), NOTHING, { nodes: 0, edges: 1, score: 1, isExact: false }],
  ['both empty', NOTHING, NOTHING, { nodes: 1, edges: 1, isExact: true }],
])('compares plans: %s', (_, right, plan, quality) => {
  expect(qualityOf(right, plan)).toMatchObject(quality);
});

it('has one key for plans with the same task types and links by name', () => {
  const links = [
    { source: 0, target: 1 },
    { source: 0, target: 2 },
  ];
  expect(shapeKey({ taskTypes: ['a', 'b', 'c'], links })).toBe(
    shapeKey({ taskTypes: ['a', 'c', 'b'], links }),
  );
  expect(shapeKey(chained(['a', 'b']))).not.toBe(shapeKey({ taskTypes: ['a', 'b'], links: [] }));
  expect(shapeKey(chained(['a', 'b']))).not.toBe(shapeKey(chained(['b', 'a'])));
});
