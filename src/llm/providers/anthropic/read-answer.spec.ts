import { expect, it } from '@jest/globals';
import { readAnthropicAnswer } from './read-answer.js';

const answer = (values: object) => ({
  id: 'm',
  type: 'message',
  content: [],
  stop_reason: 'end_turn',
  ...values,
});
const read = (values: object) => readAnthropicAnswer(answer(values), null);

it.each([
  ['end_turn', 'stop'],
  ['stop_sequence', 'stop'],
  ['max_tokens', 'length'],
  ['model_context_window_exceeded', 'length'],
  ['refusal', 'refusal'],
  ['pause_turn', 'other'],
  [null, 'other'],
  ['toString', 'other'],
])('%s is %s', (stop_reason, reason) => {
  expect(read({ stop_reason }).finish).toEqual({ reason, raw: stop_reason });
});

it('joins texts and passes over thoughts', () => {
  const content = [
    { type: 'thinking', thinking: 'Hm.' },
    { type: 'text', text: 'a' },
    { type: 'text', text: 'b' },
  ];
  expect(read({ content }).text).toBe('ab');
});

it('gives the reason of a refusal where it says nothing else', () => {
  const refusal = { stop_reason: 'refusal', stop_details: { explanation: 'Not this.' } };
  expect(read(refusal).text).toBe('Not this.');
  expect(read({ ...refusal, content: [{ type: 'text', text: 'No.' }] }).text).toBe('No.');
});

it('keeps a count of zero apart from one that was not given', () => {
  const usage = { input_tokens: 5, cache_read_input_tokens: 0, cache_creation_input_tokens: null };
  expect(read({ usage }).usage).toStrictEqual({
    inputTokens: 5,
    cachedInputTokens: 0,
    cacheWriteTokens: undefined,
    outputTokens: undefined,
    reasoningTokens: undefined,
  });
});

it.each([{ type: 'error' }, { content: 'x' }, { content: [{ type: 'text' }] }, { stop_reason: undefined }])(
  'cannot read %j',
  (values) => {
    expect(() => read(values)).toThrow(expect.objectContaining({ kind: 'unreadable' }));
  },
);
