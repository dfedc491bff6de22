import { describe, expect, it } from '@jest/globals';
import { catalogueEntry } from '../../../../test/support/household-catalogue.js';
import { idNeedsOf, yieldedThings } from './identifiers.js';

describe('idNeedsOf', () => {
  it.each([['film_id'], ['filmId'], ['filmID'], ['film-id']])('reads the parameter %s', (key) => {
    const entry = catalogueEntry('credits.get', 'Credits.', { parameters: { [key]: '' } });
    expect(idNeedsOf(entry)).toEqual([{ terms: ['film'], isParameter: true }]);
  });

  it('takes a plain id for what the task type is called after', () => {
    const entry = catalogueEntry('film.credits', 'Credits.', { parameters: { id: '' } });
    expect(idNeedsOf(entry)[0]?.terms).toEqual(['film', 'credit']);
  });

  it.each([['paid'], ['valid'], ['title'], ['identity']])('is not misled by %s', (key) => {
    expect(idNeedsOf(catalogueEntry('a.b', 'Gets it by its ID.', { parameters: { [key]: '' } }))).toEqual([]);
  });

  it('does without a parameter that may be left out', () => {
    const entry = catalogueEntry('a.b', 'A.', { parameters: { filmId: '' } });
    expect(idNeedsOf({ ...entry, parameters: { ...entry.parameters, required: [] } })).toEqual([]);
  });

  it.each([
    ['Retrieves the cast of a film using its ID.', ['film', 'cast']],
    ['Retrieves reviews for a film.', ['film']],
    ['Fetches details about a given actor (cast or crew).', ['actor']],
    ['Retrieves a list of popular films.', undefined],
  ])('reads %j where there are no parameters', (description, terms) => {
    expect(idNeedsOf(catalogueEntry('film.cast', description))[0]?.terms).toEqual(terms);
  });
});

describe('yieldedThings', () => {
  it('are those whose id is in the result', () => {
    expect(yieldedThings(catalogueEntry('a.b', 'A.', { result: ['filmId', 'title', 'actor_id'] }))).toEqual([
      'film',
      'actor',
    ]);
  });
});
