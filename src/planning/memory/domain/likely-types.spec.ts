import { expect, it } from '@jest/globals';
import { likelyTypes } from './likely-types.js';

const likely = {
  proposed: ['p', 'q', 'p'],
  votes: new Map([
    ['rare', 0.04],
    ['v', 0.2],
    ['u', 0.9],
    ['t', 0.2],
  ]),
  byWords: ['w', 'p', 'x'],
};
const always = () => true;

it('lists what is proposed, then by words and by past plans in turn, each once', () => {
  expect(likelyTypes(likely, always, 10)).toEqual(['p', 'q', 'w', 'u', 't', 'x', 'v']);
});

it('lists no more than asked for, and only what is known', () => {
  expect(likelyTypes(likely, (name) => name !== 'q', 3)).toEqual(['p', 'w', 'u']);
  expect(likelyTypes({ proposed: [], votes: new Map(), byWords: [] }, always, 3)).toEqual([]);
});
