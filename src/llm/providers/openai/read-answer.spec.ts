import { describe, expect, it } from '@jest/globals';
import { readOpenAiAnswer } from './read-answer.js';

const message = (...content: readonly object[]) => ({ type: 'message', content });
const answer = (values: object) => ({ id: 'resp_1', status: 'completed', output: [], ...values });
const read = (values: object) => readOpenAiAnswer(answer(values), null);

describe('readOpenAiAnswer', () => {
  it('joins the texts of all messages and passes over what it does not know', () => {
    const output = [
      { type: 'reasoning', summary: [] },
      message({ type: 'output_text', text: 'One, ' }, { type: 'output_audio' }),
      message({ type: 'output_text', text: 'two.' }),
    ];
    expect(read({ output }).text).toBe('One, two.');
  });

  it('lets a refusal win over a text', () => {
    const output = [message({ type: 'output_text', text: 'Well' }, { type: 'refusal', refusal: 'No.' })];
    expect(read({ output })).toMatchObject({ text: 'No.', finish: { reason: 'refusal', raw: 'refusal' } });
  });

  it.each([
    ['completed', null, 'stop', 'completed'],
    ['incomplete', { reason: 'max_output_tokens' }, 'length', 'max_output_tokens'],
    ['incomplete', { reason: 'content_filter' }, 'refusal', 'content_filter'],
    ['incomplete', null, 'other', 'incomplete'],
    ['cancelled', null, 'other', 'cancelled'],
  ])('status %s with %j ends with %s', (status, incomplete_details, reason, raw) => {
    expect(read({ status, incomplete_details }).finish).toEqual({ reason, raw });
  });

  it.each([
    ['rate_limit_exceeded', 'rate_limited'],
    ['invalid_prompt', 'bad_request'],
    ['server_error', 'server_error'],
    ['something_new', 'server_error'],
    ['toString', 'server_error'],
  ])('a failure with 200, %s, is %s and perhaps billed', (code, kind) => {
    const failed = () => read({ status: 'failed', error: { code } });
    expect(failed).toThrow(expect.objectContaining({ kind, billed: 'unknown' }));
  });

  it.each([
    { output: 'text' },
    { output: [message({ type: 'output_text' })] },
    { output: [{ type: 'message', content: 'text' }] },
    { id: 7 },
    { status: null },
  ])('cannot read %j', (values) => {
    expect(() => read(values)).toThrow(expect.objectContaining({ kind: 'unreadable' }));
  });

  it.each([
    [{ input_tokens: 10, output_tokens: -1 }, { inputTokens: 10 }],
    [{ input_tokens: '10', output_tokens: 3 }, { outputTokens: 3 }],
    [{ input_tokens: 10, input_tokens_details: { cached_tokens: 11 } }, { cachedInputTokens: 11 }],
    ['none', {}],
    [undefined, {}],
  ])('of usage %j keeps what can be true', (usage, expected) => {
    expect(read({ usage }).usage).toEqual(expected);
  });
});
