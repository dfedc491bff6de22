import { describe, expect, it } from '@jest/globals';
import { catalogueEntry } from '../../../../test/support/household-catalogue.js';
import { CatalogueIndex } from './catalogue-index.js';
import { clausesOf } from './clauses.js';
import { maskLiterals } from './literals.js';
import { askingClauses, keepFitting, rankClauses, type RankedClause } from './rank.js';

const INDEX = new CatalogueIndex([
  catalogueEntry('hotel.cancel', 'Cancels a hotel.'),
  catalogueEntry('hotel.rate', 'Rates a hotel.'),
  catalogueEntry('hotel.sell', 'Sells a hotel.'),
  catalogueEntry('image.draw', 'Draws a colourful image.', { takes: ['text'], gives: ['image'] }),
  catalogueEntry('pizza.bake', 'Bakes a pizza.'),
  catalogueEntry('train.cancel', 'Cancels a train.'),
  catalogueEntry('video.draw', 'Draws a colourful video.', { takes: ['text'], gives: ['video'] }),
]);

function ranked(request: string) {
  const masked = maskLiterals(request);
  return rankClauses(clausesOf(masked.text), masked, INDEX);
}
const names = (request: string, clause = 0) =>
  ranked(request)[clause]?.candidates.map(({ type }) => INDEX.types[type]?.name) ?? [];
const scoresOf = (request: string) =>
  new Map(ranked(request)[0]?.candidates.map(({ type, score }) => [INDEX.types[type]?.name, score]));

describe('rankClauses', () => {
  it('finds by things and by actions', () => {
    expect(names('cancel the hotel')[0]).toBe('hotel.cancel');
    expect(names('bake a pizza')).toEqual(['pizza.bake']);
    expect(names('sing')).toEqual([]);
  });

  /** Of the score of a task type that a few words of the request take away. */
  const cost = (name: string, request: string, without: string) =>
    (scoresOf(request).get(name) as number) / (scoresOf(without).get(name) as number);

  it('takes less for what does another action', () => {
    expect(cost('hotel.cancel', 'sell the hotel', 'the hotel')).toBeCloseTo(0.7, 6);
    expect(cost('hotel.rate', 'rate the hotel', 'the hotel')).toBeGreaterThan(1);
  });

  it('never takes what does the opposite', () => {
    expect(names('buy the hotel')).not.toContain('hotel.sell');
    expect(names('sell the hotel')).toContain('hotel.sell');
  });

  it('takes less for an action in the name that nobody asked for', () => {
    const scores = scoresOf('view the hotel');
    expect(scores.get('hotel.rate')).toBeCloseTo(0.75 * (scores.get('hotel.sell') as number), 6);
  });

  it('takes less for other kinds of data than are named', () => {
    expect(cost('image.draw', 'draw a colourful video', 'draw a colourful thing')).toBeCloseTo(0.7, 6);
    expect(cost('video.draw', 'draw a colourful video', 'draw a colourful thing')).toBeGreaterThan(1);
  });

  it('gives "it" what the rest of the request speaks of', () => {
    expect(names('The train is late, please cancel it')[0]).toBe('train.cancel');
    expect(names('The hotel is bad. Please cancel it', 1)[0]).toBe('hotel.cancel');
  });

  it('gives a bare verb the things of the next clause', () => {
    expect(names('cancel and sell the hotel', 0)[0]).toBe('hotel.cancel');
    expect(names('The train is late. Cancel and sell the hotel', 1)[0]).toBe('hotel.cancel');
  });
});

describe('askingClauses and keepFitting', () => {
  const kept = (request: string) =>
    keepFitting(askingClauses(ranked(request)), INDEX).map(({ clause, candidates }) => [
      clause.text,
      candidates.length > 0,
    ]);

  it('drops what asks for nothing', () => {
    expect(kept('The hotel is bad. Bake a pizza.')).toEqual([['Bake a pizza', true]]);
  });

  it('keeps it where nothing asks for anything', () => {
    expect(kept('A pizza. A bad hotel.')).toEqual([
      ['A pizza', true],
      ['A bad hotel', true],
    ]);
  });

  const scored = (...scores: readonly number[]): readonly RankedClause[] =>
    scores.map((score) => ({
      clause: { text: 'a', joint: 'chain', condition: null },
      action: { verb: 'do', classes: new Set() },
      candidates: [{ type: 0, score }],
    }));
  const fits = (...scores: readonly number[]) =>
    keepFitting(scored(...scores), INDEX).map(({ candidates }) => candidates.length > 0);

  it('leaves to a person what fits badly', () => {
    // 0.3 × ln(1 + 9.5 / 1.5)
    expect(fits(0.59, 0.6)).toEqual([false, true]);
  });

  it('leaves to a person what fits badly next to the best', () => {
    expect(fits(10, 1.49, 1.51)).toEqual([true, false, true]);
  });
});
