import { describe, expect, it } from '@jest/globals';
import { VERBS } from './english/verbs.js';
import { ACTIONS, OBJECTS } from './english/synonyms.js';
import { actionsOf, classesOf, objectsOf, termsOf, wordsOf } from './terms.js';

describe('wordsOf', () => {
  it.each([
    ['getTVShow', ['get', 'tv', 'show']],
    ['flight_book', ['flight', 'book']],
    ['Image Search (by Image)', ['image', 'search', 'by', 'image']],
    ['hotel.search-v2', ['hotel', 'search', 'v2']],
    ['', []],
  ])('takes %j apart', (name, words) => {
    expect(wordsOf(name)).toEqual(words);
  });
});

describe('termsOf', () => {
  it.each([
    ['Books the hotels for my parents', ['book', 'hotel', 'parent']],
    ['Turn off the lights', ['turnoff', 'light']],
    ['log in and sign up', ['login', 'signup']],
    ['What is the latest news?', ['latest', 'news']],
    ['mail §0 to §1', ['mail']],
  ])('keeps the stems of %j that tell something', (text, terms) => {
    expect(termsOf(text)).toEqual(terms);
  });
});

describe('classes', () => {
  it('are those of actions and of things', () => {
    expect(actionsOf('reserv')).toEqual(['#book']);
    expect(objectsOf('photo')).toEqual(['#image']);
    expect(classesOf('book')).toEqual(['#book', '#literature']);
    expect(classesOf('xyz')).toEqual([]);
  });

  it.each(Object.entries({ ...ACTIONS, ...OBJECTS }))('%s names 3 to 30 words', (_, words) => {
    expect(words.split(' ').length).toBeGreaterThanOrEqual(3);
    expect(words.split(' ').length).toBeLessThanOrEqual(30);
  });

  it('of actions are called otherwise than those of things', () => {
    expect(Object.keys(ACTIONS).filter((name) => Object.hasOwn(OBJECTS, name))).toEqual([]);
  });

  it('are of small single words', () => {
    const words = [...Object.values(ACTIONS), ...Object.values(OBJECTS), VERBS].join(' ').split(' ');
    expect(words.filter((word) => !/^[a-z]+$/.test(word))).toEqual([]);
  });
});
