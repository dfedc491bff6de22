import { expect, it } from '@jest/globals';
import { readGoogleAnswer } from './read-answer.js';

const read = (candidate: object, usageMetadata?: object) =>
  readGoogleAnswer({ candidates: [candidate], usageMetadata }, null);

it.each([
  ['STOP', 'stop'],
  ['MAX_TOKENS', 'length'],
  ['CONTINUATION', 'length'],
  ['SAFETY', 'refusal'],
  ['RECITATION', 'refusal'],
  ['BLOCKLIST', 'refusal'],
  ['PROHIBITED_CONTENT', 'refusal'],
  ['SPII', 'refusal'],
  ['LANGUAGE', 'other'],
  ['toString', 'other'],
  ['MALFORMED_RESPONSE', 'other'],
])('%s is %s', (finishReason, reason) => {
  expect(read({ finishReason }).finish).toEqual({ reason, raw: finishReason });
});

it('joins texts and passes over thoughts', () => {
  const parts = [{ text: 'Hm.', thought: true }, { text: 'a' }, { inlineData: {} }, { text: 'b' }];
  expect(read({ content: { parts }, finishReason: 'STOP' }).text).toBe('ab');
});

it('says what a blocked answer says', () => {
  expect(read({ finishReason: 'SAFETY', finishMessage: 'Blocked.' }).text).toBe('Blocked.');
});

it.each([
  [{ promptTokenCount: 10, candidatesTokenCount: 3 }, 10, 3],
  [{ promptTokenCount: 10, candidatesTokenCount: 3, thoughtsTokenCount: 4 }, 10, 7],
  [{ promptTokenCount: 10, toolUsePromptTokenCount: 2, candidatesTokenCount: 3 }, 12, 3],
  // All of the output was thoughts: the count of candidates is left out.
  [{ promptTokenCount: 10, thoughtsTokenCount: 4, totalTokenCount: 14 }, 10, 4],
  [{ promptTokenCount: 10, thoughtsTokenCount: 4 }, 10, undefined],
  [{ candidatesTokenCount: 3 }, undefined, 3],
])('reads %j', (metadata, inputTokens, outputTokens) => {
  expect(read({}, metadata).usage).toMatchObject({ inputTokens, outputTokens });
});

it.each([{}, { candidates: [] }, { candidates: [{ content: 'x' }] }, { promptFeedback: {} }, null])(
  'cannot read %j',
  (raw) => {
    expect(() => readGoogleAnswer(raw, null)).toThrow(expect.objectContaining({ kind: 'unreadable' }));
  },
);
