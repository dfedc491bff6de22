import { expect, it } from '@jest/globals';
import { readChatAnswer } from './read-answer.js';

const read = (choice: object, rest: object = {}) => readChatAnswer({ choices: [choice], ...rest }, null);

it.each([
  ['stop', 'stop'],
  ['length', 'length'],
  ['content_filter', 'refusal'],
  ['tool_calls', 'other'],
  ['toString', 'other'],
])('%s is %s', (finish_reason, reason) => {
  expect(read({ message: { content: 'x' }, finish_reason }).finish).toEqual({ reason, raw: finish_reason });
});

it('takes the least a server sends', () => {
  expect(read({ message: { content: 'Fine.' } })).toEqual({
    text: 'Fine.',
    finish: { reason: 'other', raw: null },
    usage: {},
    requestId: null,
  });
});

it('does not take an empty refusal for one', () => {
  const message = { content: 'Fine.', refusal: '' };
  expect(read({ message, finish_reason: 'stop' })).toMatchObject({
    text: 'Fine.',
    finish: { reason: 'stop' },
  });
});

it.each([{ choices: [] }, { choices: [{}] }, { choices: [{ message: { content: 7 } }] }, { error: 'x' }])(
  'cannot read %j',
  (raw) => {
    expect(() => readChatAnswer(raw, null)).toThrow(expect.objectContaining({ kind: 'unreadable' }));
  },
);
