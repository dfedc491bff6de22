import { describe, expect, it } from '@jest/globals';
import { Bm25 } from './bm25.js';

const field = (text: string, weight = 1) => ({ terms: text.split(' '), weight });
const query = (text: string) => new Map(text.split(' ').map((term) => [term, 1] as const));

describe('Bm25', () => {
  it('scores a term that all have by its low idf', () => {
    const index = new Bm25([[field('a')], [field('a')]]);
    // ln(1 + 0.5 / 2.5) × 1 / (1.2 + 1)
    expect(index.score(query('a'))[0]).toBeCloseTo(0.08287, 5);
  });

  it('prefers the rarer term', () => {
    const scores = new Bm25([[field('a b')], [field('a c')], [field('a c')]]).score(query('b c'));
    expect(scores[0]).toBeGreaterThan(scores[1] as number);
  });

  it('counts a field by its weight', () => {
    const scores = new Bm25([
      [field('a'), field('x', 0.3)],
      [field('x'), field('a', 0.3)],
    ]).score(query('a'));
    expect(scores[0]).toBeGreaterThan(scores[1] as number);
  });

  it('adds what was learnt to a document', () => {
    const index = new Bm25([[field('a')], [field('b')]], [undefined, new Map([['c', 0.5]])]);
    expect([...index.score(query('c'))].map((score) => score > 0)).toEqual([false, true]);
  });

  it('knows nothing of other terms and of no documents', () => {
    expect([...new Bm25([[field('a')]]).score(query('z'))]).toEqual([0]);
    expect([...new Bm25([]).score(query('a'))]).toEqual([]);
    expect(new Bm25([[field('a')]]).idf('z')).toBe(0);
  });
});
