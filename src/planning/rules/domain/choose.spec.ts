import { describe, expect, it } from '@jest/globals';
import { catalogueEntry } from '../../../../test/support/household-catalogue.js';
import { CatalogueIndex } from './catalogue-index.js';
import { chooseTypes } from './choose.js';
import type { RankedClause } from './rank.js';

const INDEX = new CatalogueIndex([
  catalogueEntry('draw', 'Draws.', { takes: ['text'], gives: ['image'] }),
  catalogueEntry('film', 'Films.', { takes: ['text'], gives: ['video'] }),
  catalogueEntry('read-aloud', 'Reads.', { takes: ['text'], gives: ['audio'] }),
  catalogueEntry('trim-image', 'Trims.', { takes: ['image'], gives: ['image'] }),
  catalogueEntry('trim-video', 'Trims.', { takes: ['video'], gives: ['video'] }),
]);
const typeOf = (name: string): number => INDEX.types.findIndex((type) => type.name === name);

const clause = (scores: Readonly<Record<string, number>>): RankedClause => ({
  clause: { text: '', joint: 'chain', condition: null },
  action: { verb: 'do', classes: new Set() },
  candidates: Object.entries(scores).map(([name, score]) => ({ type: typeOf(name), score })),
});
const chosen = (given: readonly string[], ...clauses: readonly RankedClause[]) =>
  chooseTypes(clauses, new Set(given), INDEX).map((type) => (type === null ? null : INDEX.types[type]?.name));

describe('chooseTypes', () => {
  it('takes the best of each clause where nothing speaks against it', () => {
    expect(
      chosen(['image'], clause({ draw: 5, film: 4 }), clause({ 'trim-image': 5, 'trim-video': 4 })),
    ).toEqual(['draw', 'trim-image']);
  });

  it('prefers what the step before feeds', () => {
    expect(chosen([], clause({ film: 5 }), clause({ 'trim-image': 5, 'trim-video': 4.5 }))).toEqual([
      'film',
      'trim-video',
    ]);
  });

  it('prefers it to what could as well take the request', () => {
    expect(chosen(['image'], clause({ draw: 5 }), clause({ 'read-aloud': 5, 'trim-image': 4.5 }))).toEqual([
      'draw',
      'trim-image',
    ]);
  });

  it('changes an earlier choice for a later one', () => {
    expect(chosen([], clause({ draw: 5, film: 4.8 }), clause({ 'trim-video': 9 }))).toEqual([
      'film',
      'trim-video',
    ]);
  });

  it('lets the request itself bring the kind', () => {
    const only = clause({ 'trim-video': 5, draw: 4 });
    expect(chosen([], only)).toEqual(['draw']);
    expect(chosen(['video'], only)).toEqual(['trim-video']);
  });

  it('avoids the same task type twice in a row', () => {
    const both = clause({ film: 5, draw: 4.5 });
    expect(chosen([], both, both)).toEqual(['draw', 'film']);
  });

  it('leaves clauses without candidates alone', () => {
    expect(chosen([], clause({}), clause({ draw: 1 }), clause({}))).toEqual([null, 'draw', null]);
    expect(chosen([])).toEqual([]);
  });
});
