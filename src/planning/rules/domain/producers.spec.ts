import { describe, expect, it } from '@jest/globals';
import { catalogueEntry } from '../../../../test/support/household-catalogue.js';
import { CatalogueIndex } from './catalogue-index.js';
import { consumerOf, secondOf, standsBefore } from './further.js';
import { lookUpBefore, producersOf } from './producers.js';

/** A film database whose descriptions say what is found by id. */
const FILMS = new CatalogueIndex([
  catalogueEntry('SearchFilm', 'Searches films.'),
  catalogueEntry('SearchPerson', 'Searches persons.'),
  catalogueEntry('GetPopularFilm', 'Retrieves a list of popular films.'),
  catalogueEntry('GetFilmCredit', 'Retrieves cast and crew of a film using its ID.'),
  catalogueEntry('GetFilmImage', 'Retrieves images of a film using its ID.'),
  catalogueEntry('GetPersonDetail', 'Retrieves birthday and home of a person using an ID.'),
]);
/** A shop whose schemas do. */
const SHOP = new CatalogueIndex([
  catalogueEntry('order.list', 'Lists orders.'),
  catalogueEntry('order.search', 'Searches orders.', { parameters: { text: '' } }),
  catalogueEntry('order.cancel', 'Cancels an order.', { parameters: { order_id: '' } }),
  catalogueEntry('parcel.send', 'Sends a parcel.', { parameters: { address: '' }, result: ['parcelId'] }),
  catalogueEntry('parcel.track', 'Tracks a parcel.', { parameters: { parcelId: '' } }),
  catalogueEntry('table.book', 'Books a table.', { parameters: { time: '' } }),
  catalogueEntry('table.search', 'Searches tables.', { parameters: { time: '' } }),
]);

const typeOf = (index: CatalogueIndex, name: string): number =>
  index.types.findIndex((type) => type.name === name);
const namesOf = (index: CatalogueIndex, types: readonly number[]) =>
  types.map((type) => index.types[type]?.name);
const before = (index: CatalogueIndex, name: string, clause: string, earlier: readonly string[] = []) =>
  namesOf(
    index,
    producersOf(
      typeOf(index, name),
      clause,
      earlier.map((one) => typeOf(index, one)),
      index,
    ),
  );

describe('producersOf', () => {
  it.each([
    ['Who stars in the film Alien', 'GetFilmCredit', ['SearchFilm']],
    ["Who stars in '§0'", 'GetFilmCredit', ['SearchFilm']],
    ['Who stars in the most popular film', 'GetFilmCredit', ['GetPopularFilm']],
    ['When was Ridley Scott born', 'GetPersonDetail', ['SearchPerson']],
    ['birthday of the actor in the film Alien', 'GetPersonDetail', ['SearchFilm', 'GetFilmCredit']],
  ])('of %j', (clause, name, expected) => {
    expect(before(FILMS, name, clause)).toEqual(expected);
  });

  it.each([
    ['what I bought from Amazon', ['order.search']],
    ['my order', ['order.search']],
    ['order 4711', []],
  ])('of cancelling %j', (clause, expected) => {
    expect(before(SHOP, 'order.cancel', clause)).toEqual(expected);
  });

  it('are none where an earlier step found it', () => {
    expect(before(SHOP, 'order.cancel', 'cancel it', ['order.list'])).toEqual([]);
    expect(before(SHOP, 'order.cancel', 'cancel it', ['table.search'])).toEqual(['order.search']);
  });

  it('are what has the id in its result', () => {
    expect(before(SHOP, 'parcel.track', 'track it')).toEqual(['parcel.send']);
  });

  it('are none of what needs no id', () => {
    expect(before(FILMS, 'SearchFilm', 'search Alien')).toEqual([]);
    expect(before(SHOP, 'table.book', 'book a table')).toEqual([]);
  });
});

describe('lookUpBefore', () => {
  const lookUp = (name: string, earlier: readonly string[] = []) => {
    const known = earlier.map((one) => typeOf(SHOP, one));
    const found = lookUpBefore(typeOf(SHOP, name), known, SHOP);
    return found === null ? null : SHOP.types[found]?.name;
  };

  it('looks at what there is before it is booked', () => {
    expect(lookUp('table.book')).toBe('table.search');
  });

  it('does not look twice, and at nothing that is not booked', () => {
    expect(lookUp('table.book', ['table.search'])).toBeNull();
    expect(lookUp('order.cancel')).toBeNull();
  });
});

describe('what else a clause asks for', () => {
  const popular = typeOf(FILMS, 'GetPopularFilm');

  it('is what needs the thing its look-up finds', () => {
    expect(consumerOf(popular, 'images of a popular film', FILMS)).toBe(typeOf(FILMS, 'GetFilmImage'));
    expect(consumerOf(popular, 'a popular film', FILMS)).toBeNull();
  });

  it('is a second task type for many other words', () => {
    const [list, track] = [typeOf(SHOP, 'order.list'), typeOf(SHOP, 'parcel.track')];
    expect(secondOf(list, 'lists of orders and tracking of parcels', [list], SHOP)).toBe(track);
    expect(secondOf(list, 'lists of orders and tracking of parcels', [list, track], SHOP)).not.toBe(track);
    expect(secondOf(list, 'lists of orders', [list], SHOP)).toBeNull();
    expect(standsBefore(list, track, 'lists of orders and tracking of parcels', SHOP)).toBe(true);
    expect(standsBefore(track, list, 'lists of orders and tracking of parcels', SHOP)).toBe(false);
  });
});
