import { describe, expect, it } from '@jest/globals';
import { clausesOf } from './clauses.js';

const texts = (masked: string): string[] => clausesOf(masked).map(({ text }) => text);

describe('clausesOf', () => {
  it.each([
    ['Book a hotel. Pay the bill!', ['Book a hotel', 'Pay the bill']],
    ['book a hotel, pay the bill and call Eva', ['book a hotel', 'pay the bill', 'call Eva']],
    ['check the weather and the news', ['check the weather and the news']],
    ['buy apples, pears and nuts', ['buy apples, pears and nuts']],
    ['book it and I would also like to rent a car', ['book it', 'I would also like to rent a car']],
    ['read it then the second page', ['read it', 'the second page']],
    ['read it, after that a summary', ['read it', 'a summary']],
    ['check it next week', ['check it next week']],
    ['check it; next, pay', ['check it', 'pay']],
    ['what is it and how many are there', ['what is it', 'how many are there']],
    ['send it, a note should be taken', ['send it', 'a note should be taken']],
    ['play a song and varnish the door', ['play a song', 'varnish the door']],
    ['read a.b, 1.5x of it', ['read a.b, 1.5x of it']],
    ['use the text: §0', ['use the text: §0']],
    ['', []],
    ['., and!', []],
  ])('cuts %j', (masked, clauses) => {
    expect(texts(masked)).toEqual(clauses);
  });

  it.each([
    ['Before booking the hotel, check the weather', ['check the weather', 'booking the hotel']],
    ['check the weather before booking the hotel', ['check the weather', 'booking the hotel']],
    ['After sending the letter, call Eva', ['sending the letter', 'call Eva']],
    ['call Eva after sending the letter', ['sending the letter', 'call Eva']],
  ])('puts %j in the order of doing', (masked, clauses) => {
    expect(texts(masked)).toEqual(clauses);
  });

  it.each([
    ['Book a hotel. Meanwhile, call Eva.', ['chain', 'parallel']],
    ['book a hotel and at the same time call Eva', ['chain', 'parallel']],
    ['play music while booking a table', ['chain', 'parallel']],
    ['play music while my car drives me home', ['chain', 'parallel']],
    ['play music, then call Eva', ['chain', 'chain']],
    ['call Eva at the same time', ['chain']],
  ])('hears what runs side by side in %j', (masked, joints) => {
    expect(clausesOf(masked).map(({ joint }) => joint)).toEqual(joints);
  });
});

describe('conditions', () => {
  const conditions = (masked: string) =>
    clausesOf(masked).map(({ text, condition }) => [text, condition?.text ?? null, condition?.holds ?? null]);

  it.each([
    ['If it rains, call a taxi', [['call a taxi', 'it rains', true]]],
    ['Call a taxi if it rains', [['Call a taxi', 'it rains', true]]],
    ['Call a taxi unless it is dry', [['Call a taxi', 'it is dry', false]]],
    [
      'If it rains, call a taxi, otherwise rent a bike and send me the code.',
      [
        ['call a taxi', 'it rains', true],
        ['rent a bike', 'it rains', false],
        ['send me the code', 'it rains', false],
      ],
    ],
    [
      'Check it. If it fails, call Eva. Otherwise, pay.',
      [
        ['Check it', null, null],
        ['call Eva', 'it fails', true],
        ['pay', 'it fails', false],
      ],
    ],
    [
      'If it fails then call Eva and pay. Sell it.',
      [
        ['call Eva', 'it fails', true],
        ['pay', 'it fails', true],
        ['Sell it', null, null],
      ],
    ],
  ])('are told apart in %j', (masked, expected) => {
    expect(conditions(masked)).toEqual(expected);
  });

  it.each(['Check if it rains', 'Tell me if it works', 'book a table if possible', 'I wonder if it rains'])(
    'are not in %j',
    (masked) => {
      expect(clausesOf(masked).map(({ condition }) => condition)).toEqual([null]);
    },
  );
});

it('tells a condition that nothing depends on as a clause of its own', () => {
  expect(clausesOf('Play a song. If it rains.')).toEqual([
    { text: 'Play a song', joint: 'chain', condition: null },
    { text: 'it rains', joint: 'chain', condition: null },
  ]);
});

it('ends a condition without a comma where a command begins', () => {
  expect(clausesOf('If it is cold close the window. If we have to open a book, play a song.')).toMatchObject([
    { text: 'close the window', condition: { text: 'it is cold', holds: true } },
    { text: 'play a song', condition: { text: 'we have to open a book', holds: true } },
  ]);
});
