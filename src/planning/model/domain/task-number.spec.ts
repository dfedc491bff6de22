import { describe, expect, it } from '@jest/globals';
import { basesOf, type NumberUse, readTaskNumber } from './task-number.js';

describe('the number of a task', () => {
  it.each([
    ['3', { word: '', number: 3 }],
    ['#3', { word: '', number: 3 }],
    ['Step 3', { word: 'step', number: 3 }],
    ['task_3', { word: 'task', number: 3 }],
    ['node-0', { word: 'node', number: 0 }],
    ['index 12', { word: 'index', number: 12 }],
  ])('in %s', (name, expected) => {
    expect(readTaskNumber(name)).toEqual(expected);
  });

  it.each([['three'], ['step'], ['3rd'], ['123456'], ['-1'], ['1.5'], ['x'.repeat(99)]])(
    'is not in %s',
    (name) => {
      expect(readTaskNumber(name)).toBeNull();
    },
  );
});

describe('what numbers count from', () => {
  /** Uses as `word number from`. */
  const uses = (...all: readonly string[]): NumberUse[] =>
    all.map((use) => {
      const [word = '', number, from] = use.split(' ');
      return { word, number: Number(number), from: from === undefined ? null : Number(from) };
    });

  it.each<[string, NumberUse[], number | undefined]>([
    ['0 where there is a 0', uses('node 0 1', 'node 1 2'), 0],
    ['1 where the last is meant', uses('node 3'), 1],
    ['1 where a task would name itself', uses('node 1 1'), 1],
    ['0 where 1 would name what comes before all', uses('node 0 2'), 0],
    ['1 for steps', uses('step 1 2'), 1],
    ['0 for an index', uses('index 1 2'), 0],
    ['0 for steps where there is a 0', uses('step 0 1', 'step 1 2'), 0],
    ['not known where both make sense', uses('node 1 2'), undefined],
    ['not known where neither does', uses('node 9 1'), undefined],
    ['0 where there is a 0, though another is wrong', uses('node 0 1', 'node 2 2'), 0],
  ])('is %s', (_, found, base) => {
    expect(basesOf(found, 3, () => false).get(found[0]?.word ?? '')).toBe(base);
  });

  it('is told by what is declared', () => {
    expect(basesOf(uses('node 1 2'), 3, (from, target) => from === 2 && target === 1).get('node')).toBe(0);
    expect(basesOf(uses('node 1 2'), 3, (from, target) => from === 2 && target === 0).get('node')).toBe(1);
    expect(basesOf(uses('node 1 2'), 3, () => true).get('node')).toBeUndefined();
  });

  it('is told for each word', () => {
    expect(basesOf(uses('node 0 1', 'step 3'), 3, () => false)).toEqual(
      new Map([
        ['node', 0],
        ['step', 1],
      ]),
    );
  });
});
