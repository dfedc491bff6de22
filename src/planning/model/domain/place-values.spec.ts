import { describe, expect, it } from '@jest/globals';
import { mediumIn, mediumOf, placeByMedium, placeInOrder } from './place-values.js';

describe('media', () => {
  it.each([
    ['a.JPG', 'image'],
    ['https://a.test/b.mp3', 'audio'],
    ['b.webm', 'video'],
    ['notes.txt', null],
    ['jpg', null],
    ['', null],
  ])('of %s', (text, medium) => {
    expect(mediumOf(text)).toBe(medium);
  });

  it('of words are theirs where there is one', () => {
    expect(mediumIn(['style', 'image'])).toBe('image');
    expect(mediumIn(['image', 'text'])).toBeNull();
    expect(mediumIn(['path'])).toBeNull();
  });
});

describe('values without names', () => {
  it.each([
    [
      ['image', null],
      ['text', 'image'],
      [1, 0],
    ],
    [
      [null, null],
      ['text', 'image'],
      [0, 1],
    ],
    [['image'], ['text', 'image'], [1]],
    [
      ['image', 'image'],
      ['image', 'image'],
      [0, 1],
    ],
    [['audio'], ['image'], [0]],
    [['image', null, null], [null, null, 'image'], null],
    [[null, null], ['text'], null],
    [
      [null, 'image'],
      ['image', null, null, null, null],
      [0, 1],
    ],
  ])('%j go into %j as %j', (values, parameters, order) => {
    expect(placeInOrder(values, parameters)).toEqual(order);
  });
});

describe('values whose names say nothing', () => {
  it.each([
    [[null], [null], [0]],
    [[null], ['image'], [0]],
    [['audio'], ['image'], null],
    [
      ['image', null],
      ['text', 'image'],
      [1, 0],
    ],
    [[null, null], [null, null], null],
    [[null], [null, null], null],
  ])('%j go into %j as %j', (values, parameters, order) => {
    expect(placeByMedium(values, parameters)).toEqual(order);
  });
});
