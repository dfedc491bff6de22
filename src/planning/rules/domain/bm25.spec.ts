import { describe, expect, it } from '@jest/globals';
import { Bm25 } from './bm25.js';

const field = (text: string, weight = 1) => ({ terms: text.split(' '), weight });
const query = (text: string) => new Map(text.split(' ').map((term) => [term, 1] as const));

describe('Bm25', () => {
  it('scores a term by idf and saturated frequency', () => {
    const index = new Bm25(Array.from({ length: 20 }, (_, at) => [field(at < 2 ? 'a' : 'b')]));
    // ln(1 + 18.5 / 2.5) × 1 / (1.2 + 1)
    expect(index.score(query('a'))[0]).toBeCloseTo(0.96738, 5);
  });

  it('takes few documents for some of ten', () => {
    // ln(1 + 8.5 / 2.5) × 1 / (1.2 + 1)
    expect(new Bm25([[field('a')], [field('a')]]).score(query('a'))[0]).toBeCloseTo(0.67346, 5);
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
